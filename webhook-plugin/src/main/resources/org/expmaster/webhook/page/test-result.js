// The result of a test: what was sent, and what the receiver answered.
import { html, nothing } from "./lit-html/lit-html.js";
import { testWebhook } from "./api.js";
import { openDialog } from "./dialog.js";
import { failure } from "./failure.js";
import { nameOf, pretty, sentence, took } from "./words.js";

function verdict({ completed, status, millis, problem, hint }) {
  return html`<p class="verdict ${completed ? "good" : "bad"}">
    <strong>${completed ? "It arrived." : "It did not arrive."}</strong>
    ${completed ? `The receiver answered ${status}.` : sentence(problem)}
    <span class="muted">${took(millis)}</span>
  </p>
  ${hint ? html`<p class="hint">${hint}</p>` : nothing}`;
}

function report(result) {
  return html`${verdict(result)}
    ${result.status === null ? nothing : html`<h3>What came back</h3>
      <pre tabindex="0" aria-label="What came back">${result.response || "(an empty body)"}</pre>`}
    <h3>What ${result.status === null ? "was to go" : "went"} out</h3>
    <p class="muted">${result.contentType}, signed like every delivery</p>
    <pre tabindex="0" aria-label="What went out">${pretty(result.body)}</pre>`;
}

export function openTest(webhook) {
  let result = null;
  let problem = null;
  const run = async () => {
    result = problem = null;
    dialog.update();
    try {
      result = await testWebhook(webhook.id);
    } catch (error) {
      problem = error;
    }
    dialog.update();
  };
  const waiting = () => !result && !problem;
  const dialog = openDialog(
    `Test of ${nameOf(webhook)}`,
    () =>
      html`<div class="body" aria-live="polite" aria-busy=${waiting()}>
          ${waiting() ? html`<p class="waiting">Sending, and waiting for the answer…</p>` : nothing}
          ${failure(problem)} ${result ? report(result) : nothing}
        </div>
        <div class="foot">
          <button type="button" ?disabled=${waiting()} @click=${run}>Test again</button>
          <button type="button" class="primary" @click=${() => dialog.close()}>Close</button>
        </div>`,
  );
  run();
}
