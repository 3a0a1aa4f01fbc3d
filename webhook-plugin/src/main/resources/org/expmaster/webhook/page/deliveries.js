// Shows the deliveries of a webhook: "why did I not get my message?"
import { html, nothing } from "./lit-html/lit-html.js";
import { repeat } from "./lit-html/directives/repeat.js";
import { listDeliveries, redeliverSince } from "./api.js";
import { confirmThat } from "./confirm.js";
import { deliveryView, load } from "./delivery.js";
import { failure } from "./failure.js";
import { healthView, picture } from "./health.js";
import { say } from "./notices.js";
import { keepDoing } from "./poll.js";
import { actions } from "./row-actions.js";
import { openMenu } from "./row-menu.js";
import { nameOf, STATES } from "./words.js";

const FILTERS = [["", "All"], ...Object.entries(STATES)];
const SPANS = [[3_600_000, "in the last hour"], [86_400_000, "in the last day"], [604_800_000, "in the last week"],
  [0, "ever"]];

/** The state of the view of a webhook's deliveries; page.update() renders it. */
export function deliveriesOf(id, page) {
  const view = {
    id, state: "", list: null, next: null, error: null, open: new Set(), details: new Map(), update: page.update,
    refresh: () => poll.now(),
    stop: () => poll.stop(),
    filter(state) {
      Object.assign(view, { state, list: null, next: null });
      page.update();
      poll.now();
    },
    async more() {
      const older = await listDeliveries(id, { state: view.state, cursor: view.next });
      view.list = [...view.list, ...older.deliveries];
      view.next = older.nextCursor;
      page.update();
    },
  };
  const read = async () => {
    const state = view.state;
    try {
      const { deliveries, nextCursor } = await listDeliveries(id, { state });
      if (state !== view.state) return;
      const oldest = deliveries.at(-1)?.id ?? 0;
      const older = nextCursor === null ? [] : (view.list ?? []).filter((delivery) => delivery.id < oldest);
      view.next = older.length === 0 ? nextCursor : view.next;
      view.list = [...deliveries, ...older];
      view.error = null;
      const webhook = page.find(id);
      if (webhook) view.list.filter((one) => view.open.has(one.id)).forEach((one) => load(one, webhook, view));
    } catch (error) {
      view.error = error;
      throw error;
    } finally {
      page.update();
    }
  };
  const poll = keepDoing(read);
  return view;
}

function redeliverMenu(webhook, view) {
  const ask = (length, words) => () =>
    confirmThat({
      title: "Redeliver what was given up",
      text: `Send again everything that was given up ${words}?`,
      button: "Redeliver",
      async action() {
        const since = length ? new Date(Date.now() - length).toISOString() : "";
        let redelivered = 0;
        let next = "";
        do { // each answer comes within a second or two, with a cursor if more are left
          const part = await redeliverSince(webhook.id, since, next);
          redelivered += part.redelivered;
          next = part.nextCursor;
        } while (next);
        say(redelivered === 1 ? "1 delivery is on its way again." : `${redelivered} deliveries are on their way again.`);
        view.refresh();
      },
    });
  const label = "Redeliver all given up…";
  return html`<button type="button" aria-haspopup="menu" aria-expanded="false"
    @click=${(event) => openMenu(event.currentTarget, label, SPANS.map(([length, words]) => [`Given up ${words}`, ask(length, words)]))}
    >${label}</button>`;
}

function summary(webhook, page) {
  const label = `Actions for ${nameOf(webhook)}`;
  const entries = () => actions(webhook, page).filter(([text]) => text !== "Deliveries");
  return html`<div class="subject">
    <div class="grow">
      <h2>${nameOf(webhook)}</h2>
      <p class="url">${webhook.url}</p>
      <p>${healthView(webhook)}</p>
    </div>
    ${picture(webhook.lastDay)}
    ${entries().length === 0 ? nothing : html`<button type="button" class="icon dots" aria-label=${label} aria-haspopup="menu"
      aria-expanded="false" @click=${(event) => openMenu(event.currentTarget, label, entries())}>⋮</button>`}
  </div>`;
}

function empty(view) {
  return html`<div class="empty"><h3>${view.state ? "None." : "Nothing has been sent yet."}</h3>
    ${view.state ? nothing : html`<p>Deliveries appear here as soon as a trigger fires. A test is not among them: its
      result is shown at once and not kept.</p>`}</div>`;
}

function content(webhook, view) {
  if (view.list === null) {
    return view.error ? failure(view.error) : html`<p class="waiting">Loading…</p>`;
  }
  return view.list.length === 0 ? empty(view) : html`<ul class="deliveries">
      ${repeat(view.list, (delivery) => delivery.id, (delivery) => deliveryView(delivery, webhook, view))}
    </ul>
    ${view.next ? html`<button type="button" @click=${view.more}>Show older</button>` : nothing}`;
}

export function deliveriesView(view, page) {
  const webhook = page.find(view.id);
  const back = html`<p><a href="#/">← All webhooks</a></p>`;
  if (!webhook) {
    return html`${back}<div class="empty" role="alert"><h2>This webhook does not exist</h2>
      <p>It was deleted, or you may not see it.</p></div>`;
  }
  return html`${back} ${summary(webhook, page)}
    <div class="filters">
      <div class="segments" role="group" aria-label="State">
        ${FILTERS.map(([state, label]) => html`<button type="button" aria-pressed=${state === view.state}
          @click=${() => view.filter(state)}>${label}</button>`)}
      </div>
      ${webhook.mayEdit ? redeliverMenu(webhook, view) : nothing}
    </div>
    ${content(webhook, view)}`;
}
