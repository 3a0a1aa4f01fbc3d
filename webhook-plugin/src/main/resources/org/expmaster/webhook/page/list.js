// All webhooks: sorted, filtered, searched, a page at a time.
import { html, nothing } from "./lit-html/lit-html.js";
import { repeat } from "./lit-html/directives/repeat.js";
import { typeOf } from "./choices.js";
import { health, healthView, picture } from "./health.js";
import { actions } from "./row-actions.js";
import { openMenu } from "./row-menu.js";
import { modeName, nameOf, triggerBadge } from "./words.js";

const PAGE = 25;
const KINDS = [["", "Any health"], ["failing", "Failing"], ["gaveup", "Gave up"], ["paused", "Paused"],
  ["disabled", "Disabled"], ["well", "Delivering"], ["quiet", "Nothing sent yet"]];
const look = { search: "", workspace: "", kind: "", sort: "name", down: false, page: 0 };

const COLUMNS = [
  ["name", "Name", (webhook) => nameOf(webhook)],
  ["workspace", "Workspace", (webhook, page) => page.workspaceName(webhook.workspaceId)],
  ["url", "URL", (webhook) => webhook.url],
  ["type", "Type", (webhook) => typeOf(webhook.format).name],
  ["", "Triggers"],
  ["mode", "Mode", modeName],
  ["health", "Health", (webhook) => KINDS.findIndex(([kind]) => kind === health(webhook).kind)],
];

function fits(webhook, page) {
  const text = `${nameOf(webhook)} ${webhook.url} ${page.workspaceName(webhook.workspaceId)}`.toLowerCase();
  return text.includes(look.search.trim().toLowerCase())
    && (look.workspace === "" || String(webhook.workspaceId) === look.workspace)
    && (look.kind === "" || health(webhook).kind === look.kind);
}

const COLLATOR = new Intl.Collator(undefined, { numeric: true });

function sorted(webhooks, page) {
  const value = COLUMNS.find(([id]) => id === look.sort)[2];
  const keyed = webhooks.map((webhook) => [value(webhook, page), webhook]);
  keyed.sort(([a, one], [b, other]) =>
    (typeof a === "number" ? a - b : COLLATOR.compare(a, b)) * (look.down ? -1 : 1) || one.id - other.id);
  return keyed.map(([, webhook]) => webhook);
}

function heading([id, label], page) {
  if (!id) {
    return html`<th scope="col">${label}</th>`;
  }
  const on = look.sort === id;
  const sort = () => {
    look.down = on && !look.down;
    look.sort = id;
    page.update();
  };
  return html`<th scope="col" aria-sort=${on ? (look.down ? "descending" : "ascending") : "none"}>
    <button type="button" class="sort" @click=${sort}>${label}<span aria-hidden="true">${on ? (look.down ? "↓" : "↑") : ""}</span></button>
  </th>`;
}

const badges = (webhook) => webhook.triggers.map((trigger) => {
  const [label, full] = triggerBadge(trigger);
  return html`<span class="badge is-${label.toLowerCase()}" title=${full}>${label}</span>`;
});

function menuButton(webhook, page) {
  const entries = actions(webhook, page);
  if (entries.length === 0) {
    return nothing;
  }
  const label = `Actions for ${nameOf(webhook)}`;
  return html`<button type="button" class="icon dots" aria-label=${label} aria-haspopup="menu" aria-expanded="false"
    @click=${(event) => openMenu(event.currentTarget, label, actions(webhook, page))}>⋮</button>`;
}

function name(webhook) {
  return webhook.maySeeDeliveries
    ? html`<a href="#/webhooks/${webhook.id}" title="Deliveries">${nameOf(webhook)}</a>`
    : nameOf(webhook);
}

function row(webhook, page) {
  return html`<tr class=${webhook.health.disabledAt ? "off" : ""} data-id=${webhook.id}>
    <th scope="row" data-label="Name">${name(webhook)}</th>
    <td data-label="Workspace">${page.workspaceName(webhook.workspaceId)}</td>
    <td data-label="URL" class="url" title=${webhook.url}>${webhook.url}</td>
    <td data-label="Type">${typeOf(webhook.format).name}</td>
    <td data-label="Triggers" class="badges">${badges(webhook)}</td>
    <td data-label="Mode">${modeName(webhook)}</td>
    <td data-label="Health" class="healthy"><div>${healthView(webhook)}</div>${picture(webhook.lastDay)}</td>
    <td class="last">${menuButton(webhook, page)}</td>
  </tr>`;
}

function filters(page) {
  const put = (field) => (event) => {
    look[field] = event.target.value;
    look.page = 0;
    page.update();
  };
  const pick = (field, label, options) => html`<select aria-label=${label} @change=${put(field)}>
    ${options.map(([value, text]) => html`<option value=${value} ?selected=${String(value) === look[field]}>${text}</option>`)}
  </select>`;
  return html`<div class="filters" role="search">
    <input type="search" aria-label="Search webhooks" placeholder="Search" .value=${look.search} @input=${put("search")} />
    ${pick("workspace", "Workspace", [["", "Any workspace"], ["0", "All workspaces"], ...page.workspaces.map(({ id, name }) => [id, name])])}
    ${pick("kind", "Health", KINDS)}
  </div>`;
}

function pages(count, page) {
  const last = Math.max(0, Math.ceil(count / PAGE) - 1);
  look.page = Math.min(look.page, last);
  const go = (step) => () => {
    look.page += step;
    page.update();
  };
  const from = look.page * PAGE;
  return html`<nav class="pages" aria-label="Pages">
    <span role="status">${count === 0 ? "No webhook fits." : `${from + 1} to ${Math.min(count, from + PAGE)} of ${count}`}</span>
    ${last === 0 ? nothing : html`<button type="button" ?disabled=${look.page === 0} @click=${go(-1)}>Previous</button>
      <button type="button" ?disabled=${look.page === last} @click=${go(1)}>Next</button>`}
  </nav>`;
}

export function listView(page) {
  const found = sorted(page.webhooks.filter((webhook) => fits(webhook, page)), page);
  const footer = pages(found.length, page);
  const shown = found.slice(look.page * PAGE, (look.page + 1) * PAGE);
  return html`${filters(page)}
    <table class="webhooks">
      <caption class="hidden">Webhooks</caption>
      <thead><tr>${COLUMNS.map((column) => heading(column, page))}<th scope="col"><span class="hidden">Actions</span></th></tr></thead>
      <tbody>${repeat(shown, (webhook) => webhook.id, (webhook) => row(webhook, page))}</tbody>
    </table>
    ${footer}`;
}
