// A webhook in its form, and the conversion between the form and REST.
import { choices, typeOf } from "./choices.js";
import { CUSTOM, EVERY, METRIC, SPECIFIC, STATE_CHANGE, TASK_LOG } from "./words.js";

export const newDraft = (workspaceId) => ({
  name: "", url: "", format: choices.types[0].format, workspaceId, mode: EVERY, payloadVersion: 0, template: "",
  states: ["COMPLETED", "ERROR"], custom: false, logs: [], metrics: [], others: [],
});

export function draftOf(webhook) {
  const of = (type) => webhook.triggers.filter((trigger) => trigger.triggerType === type);
  const { name, url, format, workspaceId, mode, payloadVersion, template } = webhook;
  return {
    name, url, format, workspaceId, mode, payloadVersion, template,
    states: of(STATE_CHANGE).map((trigger) => trigger.condition.state),
    custom: of(CUSTOM).length > 0,
    logs: of(TASK_LOG).map((trigger) => ({ regex: trigger.condition.regex })),
    metrics: of(METRIC).map((trigger) => ({ ...trigger.condition })),
    // of a type that this page does not know: saved again as they are
    others: webhook.triggers.filter(({ triggerType }) => ![STATE_CHANGE, CUSTOM, TASK_LOG, METRIC].includes(triggerType)),
  };
}

/** The triggers, each with its place in the form, in the order in which REST gets them. */
function placed(draft) {
  return [
    ...draft.states.map((state) => ["states", { triggerType: STATE_CHANGE, condition: { state } }]),
    ...draft.logs.map(({ regex }, index) => [`log-${index}`, { triggerType: TASK_LOG, condition: { regex } }]),
    ...draft.metrics.map(({ metric, operator, value }, index) =>
      [`metric-${index}`, { triggerType: METRIC, condition: { metric, operator, value: Number(value) } }]),
    ...(draft.custom ? [["states", { triggerType: CUSTOM, condition: {} }]] : []),
    ...draft.others.map(({ triggerType, condition }) => ["states", { triggerType, condition }]),
  ];
}

export function toRest(draft) {
  const type = typeOf(draft.format);
  return {
    name: draft.name.trim(),
    url: draft.url.trim(),
    format: draft.format,
    workspaceId: draft.workspaceId,
    mode: draft.custom ? SPECIFIC : draft.mode,
    payloadVersion: type.takesPayloadVersion ? draft.payloadVersion : 0,
    template: type.takesTemplate ? draft.template : "",
    triggers: placed(draft).map(([, trigger]) => trigger),
  };
}

function urlProblem(url) {
  if (!url) {
    return "URL is required.";
  }
  return /^https?:\/\/[^\s/]/i.test(url) && URL.canParse(url)
    ? null : "URL must be valid: it begins with https:// or http:// and names a host.";
}

/** Returns what the page itself finds wrong: messages by their place in the form. */
export function check(draft) {
  const errors = {};
  const url = urlProblem(draft.url.trim());
  if (url) {
    errors.url = url;
  }
  if (placed(draft).length === 0) {
    errors.states = "Choose at least one trigger.";
  }
  draft.logs.forEach(({ regex }, index) => {
    if (!regex) errors[`log-${index}`] = "Write what a line has to match.";
  });
  draft.metrics.forEach(({ metric, value }, index) => {
    if (!metric) errors[`metric-${index}`] = "Name the metric.";
    else if (String(value).trim() === "" || !Number.isFinite(Number(value))) {
      errors[`metric-${index}`] = "The value must be a number.";
    }
  });
  return errors;
}

const FIELDS = {
  name: "Name", url: "URL", format: "Type", workspaceId: "Workspace", mode: "Mode",
  payloadVersion: "Payload version", template: "Wording",
};

/** Returns the server's error about a field by its place in the form: {"url": "URL leads to …"}. */
export function serverErrors(draft, message) {
  const [, path, index, rest] = message.match(/^(\w+)(?:\[(\d+)\])?(?:\.[\w.]+)?(.*)$/s) ?? [];
  if (path === "triggers") {
    const place = index === undefined ? "states" : placed(draft)[index]?.[0] ?? "states";
    return { [place]: `This trigger${rest}.` };
  }
  return FIELDS[path] ? { [path]: `${FIELDS[path]}${rest}.` } : null;
}
