// Shows a delivery: its attempts, its payload, and the actions on it.
import { html, nothing } from "./lit-html/lit-html.js";
import { readDelivery, redeliver } from "./api.js";
import { copy } from "./clipboard.js";
import { curl } from "./curl.js";
import { failure } from "./failure.js";
import { say } from "./notices.js";
import { ago, fullTime, pretty, sentence, STATES, took } from "./words.js";

const time = (instant) => html`<time datetime=${instant} title=${fullTime(instant)}>${ago(instant)}</time>`;

function attempt(one, index) {
  const good = one.problem === "";
  return html`<li>
    <span class="dot ${good ? "well" : "failing"}" aria-hidden="true"></span>
    <div>
      <strong>Attempt ${index + 1}: ${one.status ?? (good ? "arrived" : "no answer")}</strong>
      <span class="muted">${took(one.millis)}, ${time(one.at)}</span>
      ${good || one.problem === `the receiver answered ${one.status}` ? nothing : html`<p>${sentence(one.problem)}</p>`}
      ${one.hint ? html`<p class="hint">${one.hint}</p>` : nothing}
      ${one.response ? html`<pre tabindex="0" aria-label="Answer to attempt ${index + 1}">${one.response}</pre>` : nothing}
    </div>
  </li>`;
}

function details(delivery, webhook, view) {
  const detail = view.details.get(delivery.id);
  if (!detail) {
    return html`<p class="waiting">Loading…</p>`;
  }
  if (detail.error) {
    return failure(detail.error);
  }
  const again = async () => {
    try {
      await redeliver(webhook.id, delivery.id);
      say("It is on its way again.");
      view.refresh();
    } catch (error) {
      say(sentence(error.message), "bad");
    }
  };
  const tools = () => html`<div class="more">
      ${delivery.state === "WAITING" ? nothing : html`<button type="button" @click=${again}>Redeliver</button>`}
      <button type="button" @click=${() => copy(curl(webhook, detail), "The command")}>Copy as curl</button>
    </div>`;
  return html`${webhook.mayEdit ? tools() : nothing}
    ${detail.reason ? html`<p>${sentence(detail.reason)}</p>` : nothing}
    <h3>Attempts</h3>
    ${detail.attemptLog.length === 0 ? html`<p class="muted">None has ended yet.</p>` :
      html`<ol class="attempts">${detail.attemptLog.map(attempt)}</ol>`}
    <h3>Payload</h3>
    <p class="muted">Event ${delivery.eventId}</p>
    ${detail.body === null ? html`<p class="muted">Shown to those who may edit the webhook.</p>` :
      html`<pre tabindex="0" aria-label="Payload of delivery ${delivery.id}">${pretty(detail.body)}</pre>`}`;
}

/** Reads the details of an open delivery, unless those at hand are current. */
export async function load(delivery, webhook, view) {
  const stands = `${delivery.state} ${delivery.attempts} ${webhook.mayEdit}`;
  if (view.details.get(delivery.id)?.stands === stands) {
    return;
  }
  try {
    view.details.set(delivery.id, { ...(await readDelivery(webhook.id, delivery.id)), stands });
  } catch (error) {
    view.details.set(delivery.id, { error });
  }
  view.update();
}

export function deliveryView(delivery, webhook, view) {
  const open = view.open.has(delivery.id);
  const flip = () => {
    if (open) view.open.delete(delivery.id);
    else view.open.add(delivery.id);
    if (!open) load(delivery, webhook, view);
    view.update();
  };
  return html`<li class="delivery" data-id=${delivery.id}>
    <button type="button" class="summary" aria-expanded=${open} @click=${flip}>
      <span class="state ${delivery.state.toLowerCase()}">${STATES[delivery.state]}</span>
      <span class="event">${delivery.eventType}</span>
      <span class="muted">${delivery.experimentId ? `experiment ${delivery.experimentId}` : ""}</span>
      <span class="muted">${delivery.attempts === 1 ? "1 attempt" : `${delivery.attempts} attempts`}</span>
      <span class="muted when">${delivery.nextAttemptAt && delivery.attempts ? html`next ${time(delivery.nextAttemptAt)}` : time(delivery.createdAt)}</span>
    </button>
    ${open ? html`<div class="detail">${details(delivery, webhook, view)}</div>` : nothing}
  </li>`;
}
