// The form that creates and edits a webhook.
import { html, nothing } from "./lit-html/lit-html.js";
import { createWebhook, editWebhook, readWebhook } from "./api.js";
import { choices, typeOf } from "./choices.js";
import { openDialog } from "./dialog.js";
import { check, draftOf, keptOf, newDraft, serverErrors, toRest } from "./draft.js";
import { failure } from "./failure.js";
import { headerFields, isHeaderError } from "./header-fields.js";
import { say } from "./notices.js";
import { livePreview } from "./preview.js";
import { triggerFields } from "./trigger-fields.js";
import { EVERY, nameOf, SPECIFIC } from "./words.js";

function text(draft, errors, change, { id, label, hint = "", ...more }) {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input id=${id} type=${more.type ?? "text"} .value=${draft[id]} maxlength=${more.max}
      placeholder=${more.placeholder ?? ""} ?required=${more.required} autocomplete="off" spellcheck="false"
      aria-invalid=${Boolean(errors[id])} aria-describedby="${id}-error"
      @input=${(event) => change({ [id]: event.target.value })} />
    ${hint ? html`<p class="hint">${hint}</p>` : nothing}
    <p class="error" id="${id}-error">${errors[id] ?? nothing}</p>
  </div>`;
}

function select(draft, errors, change, { id, label, options, hint = "", number = false }) {
  const put = (event) => change({ [id]: number ? Number(event.target.value) : event.target.value });
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select id=${id} aria-invalid=${Boolean(errors[id])} aria-describedby="${id}-error" @change=${put}>
      ${options.map(([value, name]) => html`<option value=${value} ?selected=${value === draft[id]}>${name}</option>`)}
    </select>
    ${hint ? html`<p class="hint">${hint}</p>` : nothing}
    <p class="error" id="${id}-error">${errors[id] ?? nothing}</p>
  </div>`;
}

function modeField(draft, change) {
  const radio = (mode, label) => html`<label class="check"
    ><input type="radio" name="mode" .checked=${(draft.custom ? SPECIFIC : draft.mode) === mode}
      ?disabled=${draft.custom} @change=${() => change({ mode })} />${label}</label
  >`;
  return html`<fieldset>
    <legend>Trigger by</legend>
    ${radio(EVERY, "All experiments")} ${radio(SPECIFIC, "Specific experiments whose configuration names it")}
    ${draft.custom ? html`<p class="hint">Custom alerts reach only experiments that name the webhook.</p>` : nothing}
  </fieldset>`;
}

function formField(draft, errors, change) {
  const type = typeOf(draft.format);
  if (type.takesTemplate) {
    return html`<div class="field">
      <label for="template">Wording <span class="muted">(optional)</span></label>
      <textarea id="template" rows="2" maxlength=${choices.limits.template} spellcheck="false" .value=${draft.template}
        placeholder="{{experiment.name}} is {{experiment.state}}: {{url}}" aria-invalid=${Boolean(errors.template)}
        aria-describedby="template-error" @input=${(event) => change({ template: event.target.value })}></textarea>
      <details class="hint"><summary>Placeholders</summary>${choices.placeholders.map((name) => `{{${name}}}`).join(" ")}</details>
      <p class="error" id="template-error">${errors.template ?? nothing}</p>
    </div>`;
  }
  if (!type.takesPayloadVersion) {
    return nothing;
  }
  const options = [[0, "The master’s"], [1, "1, as documented"], [2, "2, as Determined sends it"]];
  return select(draft, errors, change, { id: "payloadVersion", label: "Payload version", options, number: true });
}

function places({ workspaces, mayCreateForAll }) {
  const own = workspaces.filter(({ mayCreate }) => mayCreate);
  return [...(mayCreateForAll ? [[0, "All workspaces"]] : []), ...own.map(({ id, name }) => [id, name])];
}

/** @param page state shared with the list: workspaces and rights; changed() reloads it */
export function openWebhookDialog(webhook, page) {
  let base = webhook;
  let draft = webhook ? draftOf(webhook) : newDraft(places(page)[0][0]);
  let errors = {};
  let problem = null;
  let conflict = false;
  let gone = false;
  let busy = false;
  const preview = livePreview(() => dialog.update());

  // the headers hold secrets, and no preview depends on them
  const showPreview = () => preview.of({ ...toRest(draft), headers: [] });

  const change = (changes, focus) => {
    draft = { ...draft, ...changes };
    // an error stays until the user saves again or changes its field
    Object.keys(changes).forEach((field) => delete errors[field]);
    dialog.update();
    showPreview();
    if (focus) dialog.element.querySelector(`#${focus}`).focus();
  };

  const show = (found) => {
    errors = found;
    draft.headersOpen ||= Object.keys(found).some(isHeaderError);
    dialog.update();
    dialog.element.querySelector("[aria-invalid=true], .error:not(:empty)")?.focus();
  };

  const failed = (error) => {
    conflict = error.status === 412;
    gone = error.status === 404 && Boolean(webhook);
    const found = error.status === 400 ? serverErrors(draft, error.message) : null;
    problem = conflict || gone || found ? null : error;
    if (gone) page.changed();
    show(found ?? {});
  };

  const save = async (event) => {
    event.preventDefault();
    problem = null;
    show(check(draft));
    if (Object.keys(errors).length > 0 || busy) return;
    busy = true;
    dialog.update();
    try {
      await (webhook ? editWebhook(webhook.id, base.version, toRest(draft)) : createWebhook(toRest(draft)));
      say(webhook ? "Changes saved." : "Webhook created.");
      page.changed();
      dialog.close();
    } catch (error) {
      busy = false;
      failed(error);
    }
  };

  const reload = async (keep) => {
    try {
      base = await readWebhook(webhook.id);
      draft = keep ? { ...draft, kept: keptOf(base) } : draftOf(base);
      conflict = false;
      change({});
    } catch (error) {
      failed(error);
    }
  };

  const messages = () => html`${failure(problem)}
    ${conflict ? html`<div class="failure" role="alert">
      Someone else changed this webhook while you were editing it.
      <div class="more">
        <button type="button" @click=${() => reload(false)}>Load their version</button>
        <button type="button" @click=${() => reload(true)}>Keep mine</button>
      </div></div>` : nothing}
    ${gone ? html`<div class="failure" role="alert">Someone else deleted this webhook meanwhile.</div>` : nothing}`;

  const fields = () => html`<div class="fields">
    ${messages()}
    ${select(draft, errors, change, { id: "workspaceId", label: "Workspace", options: places(page), number: true })}
    ${text(draft, errors, change, { id: "name", label: "Name", max: choices.limits.name, placeholder: "ci",
      hint: "Experiments name it in their configuration." })}
    ${text(draft, errors, change, { id: "url", label: "URL", type: "url", max: choices.limits.url, required: true,
      placeholder: "https://example.com/hook" })}
    ${headerFields(draft, errors, change)}
    ${select(draft, errors, change, { id: "format", label: "Type",
      options: choices.types.map((type) =>
        [type.format, `${type.name}: ${type.description[0].toLowerCase()}${type.description.slice(1)}`]) })}
    ${formField(draft, errors, change)} ${triggerFields(draft, errors, change)} ${modeField(draft, change)}
  </div>`;

  const dialog = openDialog(
    webhook ? `Edit ${nameOf(webhook)}` : "New Webhook",
    () => html`<form novalidate @submit=${save}>
      <div class="body columns">${fields()} ${preview.view()}</div>
      <div class="foot">
        <button type="button" @click=${() => dialog.close()}>Cancel</button>
        <button type="submit" class="primary" ?disabled=${busy || gone}>${webhook ? "Save Changes" : "Create Webhook"}</button>
      </div>
    </form>`,
    "wide",
  );
  dialog.element.querySelector(webhook ? "#url" : "#name").focus();
  showPreview();
}
