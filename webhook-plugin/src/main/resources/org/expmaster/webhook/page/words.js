// Display names, and formats of times.
export const STATE_CHANGE = "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE";
export const TASK_LOG = "TRIGGER_TYPE_TASK_LOG";
export const CUSTOM = "TRIGGER_TYPE_CUSTOM";
export const METRIC = "TRIGGER_TYPE_METRIC_THRESHOLD_EXCEEDED";
export const SPECIFIC = "WEBHOOK_MODE_SPECIFIC";
export const EVERY = "WEBHOOK_MODE_WORKSPACE";

export const STATES = { WAITING: "Waiting", DELIVERED: "Delivered", DEAD: "Gave up" };

export const nameOf = (webhook) => webhook.name || `Webhook ${webhook.id}`;

export function modeName(webhook) {
  return webhook.mode === SPECIFIC ? "Specific" : webhook.workspaceId ? "Workspace" : "Global";
}

/** A trigger's badge: its label, and its description. */
export function triggerBadge({ triggerType, condition }) {
  switch (triggerType) {
    case STATE_CHANGE:
      return [condition.state, `the experiment’s state becomes ${condition.state}`];
    case TASK_LOG:
      return ["TASKLOG", `a log line matches ${condition.regex}`];
    case CUSTOM:
      return ["CUSTOM", "an alert is sent"];
    case METRIC:
      return ["METRIC", `${condition.metric} ${condition.operator} ${condition.value}`];
    default:
      return [triggerType, triggerType];
  }
}

const UNITS = [["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000]];
const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "short" });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

export function ago(instant, now = Date.now()) {
  const past = new Date(instant) - now;
  const [unit, length] = UNITS.find(([, size]) => Math.abs(past) >= size) ?? [];
  return unit ? RELATIVE.format(Math.trunc(past / length), unit) : past > 0 ? "in a moment" : "just now";
}

export const fullTime = (instant) => FULL.format(new Date(instant));

export const took = (millis) => (millis < 10_000 ? `${millis} ms` : `${(millis / 1000).toFixed(1)} s`);

/** Indents JSON; returns any other text as it is. */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

export const sentence = (text) => (text ? text[0].toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".") : "");
