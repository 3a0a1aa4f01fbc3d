// A webhook in its form, and the conversion between the form and REST.
import { choices, typeOf } from "./choices.js";
import { CUSTOM, EVERY, METRIC, SPECIFIC, STATE_CHANGE, TASK_LOG } from "./words.js";

export const newDraft = (workspaceId) => ({
  name: "", url: "", format: choices.types[0].format, workspaceId, mode: EVERY, payloadVersion: 0, template: "",
  states: ["COMPLETED", "ERROR"], custom: false, logs: [], metrics: [], others: [],
  headers: [], headersOpen: false, kept: { url: "", names: [] },
});

/** The headers whose values the master keeps, and the URL for which they were written. */
export const keptOf = ({ url, headers }) => ({ url, names: headers.map(({ name }) => name.toLowerCase()) });

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
    headers: webhook.headers.map((header) => ({ name: header.name, value: "" })),
    headersOpen: webhook.headers.length > 0,
    kept: keptOf(webhook),
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

const parsed = (url) => (URL.canParse(url) ? new URL(url) : null);

function isMoved({ url, kept }) {
  const from = parsed(kept.url);
  const to = parsed(url.trim());
  return from !== null && to !== null && from.origin !== to.origin;
}

/** Where an empty value of a header comes from: "url", "kept", or nowhere: "lost" if it was kept until now, or "new". */
export function valueSource(draft, header) {
  const name = header.name.trim().toLowerCase();
  const { username = "", password = "" } = parsed(draft.url.trim()) ?? {};
  if (name === "authorization" && username + password !== "") {
    return "url";
  }
  return !draft.kept.names.includes(name) ? "new" : isMoved(draft) ? "lost" : "kept";
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
    headers: draft.headers.map(({ name, value }) => ({ name: name.trim(), value: value === "" ? null : value })),
  };
}

function urlProblem(url) {
  if (!url) {
    return "URL is required.";
  }
  return /^https?:\/\/[^\s/]/i.test(url) && URL.canParse(url)
    ? null : "URL must be valid: it begins with https:// or http:// and names a host.";
}

const headerChecks = (draft) => draft.headers.flatMap((header, index) => {
  if (!header.name.trim()) {
    return [[`header-name-${index}`, "Name the header."]];
  }
  const source = header.value === "" ? valueSource(draft, header) : "";
  return source === "lost" ? [[`header-value-${index}`, "Write the value again: the URL leads to another host."]]
    : source === "new" ? [[`header-value-${index}`, "Write the value."]] : [];
});

/** Returns what the page itself finds wrong: messages by their place in the form. */
export function check(draft) {
  const errors = Object.fromEntries(headerChecks(draft));
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
  const [, path, index, part, rest] = message.match(/^(\w+)(?:\[(\d+)\])?(?:\.([\w.]+))?(.*)$/s) ?? [];
  if (path === "triggers") {
    const place = index === undefined ? "states" : placed(draft)[index]?.[0] ?? "states";
    return { [place]: `This trigger${rest}.` };
  }
  if (path === "headers") {
    return index === undefined ? { headers: `The list of headers${rest}.` }
      : { [`header-${part ?? "name"}-${index}`]: `The ${part ?? "header"}${rest}.` };
  }
  return FIELDS[path] ? { [path]: `${FIELDS[path]}${rest}.` } : null;
}
