// The page: its state, its current view, and its updates.
import { html, nothing, render } from "./lit-html/lit-html.js";
import { listWebhooks, onConnection } from "./api.js";
import { loadChoices } from "./choices.js";
import { deliveriesOf, deliveriesView } from "./deliveries.js";
import { listView } from "./list.js";
import { say } from "./notices.js";
import { banner, loading, noWebhooks, notLoggedIn, nothingToSee } from "./placeholders.js";
import { keepDoing } from "./poll.js";
import { openVerifyHelp } from "./verify-help.js";
import { openWebhookDialog } from "./webhook-dialog.js";

const root = document.getElementById("page");
const TICK = 10_000;

const page = {
  webhooks: null,
  workspaces: [],
  mayCreateForAll: false,
  mayReadKey: false,
  connection: "ok",
  view: { id: null, stop() {} },
  update,
  changed: () => poll.now(),
  find: (id) => page.webhooks.find((webhook) => webhook.id === id),
  workspaceName: (id) =>
    id === 0 ? "All workspaces" : page.workspaces.find((workspace) => workspace.id === id)?.name ?? `Workspace ${id}`,
};

const mayCreate = () => page.mayCreateForAll || page.workspaces.some((workspace) => workspace.mayCreate);
const create = () => openWebhookDialog(null, page);

function content() {
  if (page.webhooks === null) {
    return page.connection === "loggedOut" ? notLoggedIn() : loading(page.connection);
  }
  if (page.view.id !== null) {
    return deliveriesView(page.view, page);
  }
  if (page.webhooks.length === 0) {
    return mayCreate() ? noWebhooks(create) : nothingToSee();
  }
  return listView(page);
}

let asked = false;

/** Renders the page, once for all calls before the next microtask. */
function update() {
  if (asked) return;
  asked = true;
  queueMicrotask(() => {
    asked = false;
    const known = page.webhooks !== null;
    render(
      html`<header class="top">
          <h1 tabindex="-1">Webhooks</h1>
          ${known ? html`<button type="button" @click=${() => openVerifyHelp(page.mayReadKey)}>Check the signature</button>` : nothing}
          ${known && mayCreate() ? html`<button type="button" class="primary" @click=${create}>New Webhook</button>` : nothing}
        </header>
        <main>${banner(page.connection, known)} ${content()}</main>`,
      root,
    );
    if (known && !performance.getEntriesByName("listed").length) performance.mark("listed");
  });
}

function route() {
  const id = Number(location.hash.match(/^#\/webhooks\/(\d+)$/)?.[1] ?? NaN);
  page.view.stop();
  page.view = Number.isNaN(id) ? { id: null, stop() {} } : deliveriesOf(id, page);
  update();
}

onConnection((connection) => {
  if (connection === page.connection) return;
  if (connection === "ok" && page.webhooks) say("Connected again.");
  page.connection = connection;
  update();
});

const poll = keepDoing(async () => {
  await loadChoices();
  const answer = await listWebhooks();
  if (answer) {
    Object.assign(page, answer);
    update();
  }
});

addEventListener("hashchange", () => {
  route();
  document.querySelector("h1")?.focus();
});
// renders relative times such as "2 min ago" anew
setInterval(update, TICK);
document.addEventListener("visibilitychange", () => document.hidden || page.changed());
route();
