// What the page shows where there are no webhooks, and why.
import { html, nothing } from "./lit-html/lit-html.js";
import { loginAddress } from "./api.js";

export const loading = (connection) => html`<p class="waiting" role="status">
  ${connection === "away" ? "The master does not answer. Trying again…" : "Loading…"}</p>`;

export const notLoggedIn = () => html`<div class="empty">
  <h2>You are not logged in</h2>
  <p>Log in to see and manage webhooks.</p>
  <p><a class="button primary" href=${loginAddress()}>Log in</a></p>
</div>`;

/** Shown to users who see no webhooks and may create none. */
export const nothingToSee = () => html`<div class="empty">
  <h2>There is nothing here that you may see</h2>
  <p>Webhooks of a workspace are seen by those who have a role in it. Ask an admin, or the owner of the workspace your
    experiments are in.</p>
</div>`;

export const noWebhooks = (create) => html`<div class="empty">
  <h2>No webhooks registered</h2>
  <p>A webhook calls an external service when experiments complete or fail, when a log line matches, when a metric
    crosses a value, or when your code says so.</p>
  <ol>
    <li>Make one: a URL, and what it is to be told of.</li>
    <li>Test it, and see here what came back.</li>
    <li>Check its signature where it arrives.</li>
  </ol>
  <p><button type="button" class="primary" @click=${create}>New Webhook</button></p>
</div>`;

export const banner = (connection, known) => {
  if (!known || connection === "ok") {
    return nothing;
  }
  return html`<div class="banner" role="alert">
    ${connection === "away"
      ? "The master does not answer. What you see may be old; this page goes on by itself once it is back."
      : html`Your session has ended. <a href=${loginAddress()} target="_blank">Log in</a> in another tab, and this page goes on.`}
  </div>`;
};
