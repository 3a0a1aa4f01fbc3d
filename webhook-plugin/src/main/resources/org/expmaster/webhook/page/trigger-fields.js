// The part of the form that defines the triggers.
import { html, nothing } from "./lit-html/lit-html.js";
import { choices } from "./choices.js";

const stateName = (state) => (state === "ERROR" ? "Errored" : state[0] + state.slice(1).toLowerCase());

const toggled = (list, item, on) => (on ? [...list, item] : list.filter((other) => other !== item));

function stateBox(state, draft, change) {
  return html`<label class="check"
    ><input type="checkbox" .checked=${draft.states.includes(state)}
      @change=${(event) => change({ states: toggled(draft.states, state, event.target.checked) })} />${stateName(state)}</label
  >`;
}

function remove(label, action) {
  return html`<button type="button" class="icon" aria-label=${label} @click=${action}>✕</button>`;
}

function logRow(log, index, draft, change, error) {
  const drop = () => change({ logs: draft.logs.filter((other) => other !== log) });
  return html`<div class="trigger">
    <label for="log-${index}">Log line matches</label>
    <div class="inputs">
      <input id="log-${index}" class="mono" placeholder="CUDA (error|out of memory)" .value=${log.regex}
        aria-invalid=${Boolean(error)} aria-describedby="log-${index}-error" spellcheck="false"
        @input=${(event) => { log.regex = event.target.value; change({}); }} />
      ${remove(`Remove log trigger ${index + 1}`, drop)}
    </div>
    <p class="error" id="log-${index}-error">${error ?? nothing}</p>
  </div>`;
}

function metricRow(metric, index, draft, change, error) {
  const drop = () => change({ metrics: draft.metrics.filter((other) => other !== metric) });
  const put = (field) => (event) => { metric[field] = event.target.value; change({}); };
  return html`<div class="trigger">
    <span class="label" id="metric-${index}-label">Metric crosses</span>
    <div class="inputs" role="group" aria-labelledby="metric-${index}-label">
      <input id="metric-${index}" aria-label="Metric" placeholder="validation_loss" .value=${metric.metric}
        aria-invalid=${Boolean(error)} aria-describedby="metric-${index}-error" @input=${put("metric")} />
      <select aria-label="Comparison" @change=${put("operator")}>
        ${choices.operators.map((sign) => html`<option ?selected=${sign === metric.operator}>${sign}</option>`)}
      </select>
      <input aria-label="Value" class="number" inputmode="decimal" placeholder="0.9" .value=${String(metric.value)}
        @input=${put("value")} />
      ${remove(`Remove metric trigger ${index + 1}`, drop)}
    </div>
    <p class="error" id="metric-${index}-error">${error ?? nothing}</p>
  </div>`;
}

/** @param change called with the parts of the draft that are new */
export function triggerFields(draft, errors, change) {
  const others = draft.states.filter((state) => !choices.finalStates.includes(state));
  return html`<fieldset aria-describedby="states-error">
    <legend>Trigger <span class="muted">tells when the experiment is…</span></legend>
    <div class="checks" id="states" tabindex="-1">
      ${[...choices.finalStates, ...others].map((state) => stateBox(state, draft, change))}
      <label class="check"
        ><input type="checkbox" id="custom" .checked=${draft.custom}
          @change=${(event) => change({ custom: event.target.checked })} />Custom alert</label
      >
    </div>
    ${draft.logs.map((log, index) => logRow(log, index, draft, change, errors[`log-${index}`]))}
    ${draft.metrics.map((metric, index) => metricRow(metric, index, draft, change, errors[`metric-${index}`]))}
    <div class="more">
      <button type="button" class="quiet" @click=${() => change({ logs: [...draft.logs, { regex: "" }] }, `log-${draft.logs.length}`)}>
        + Log line
      </button>
      <button type="button" class="quiet" @click=${() => change({
        metrics: [...draft.metrics, { metric: "", operator: ">=", value: "" }] }, `metric-${draft.metrics.length}`)}>
        + Metric
      </button>
    </div>
    <p class="error" id="states-error">${errors.states ?? nothing}</p>
  </fieldset>`;
}
