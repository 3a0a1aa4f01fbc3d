// The part of the form that defines the headers. Their values are secrets: they are written and never shown.
import { html, nothing } from "./lit-html/lit-html.js";
import { choices } from "./choices.js";
import { valueSource } from "./draft.js";

const EMPTY_VALUE = { new: "Value", kept: "unchanged", lost: "write it again", url: "from the URL" };

export const isHeaderError = (place) => place.startsWith("header");

function headerRow(header, index, draft, errors, change) {
  const place = (part) => `header-${part}-${index}`;
  const put = (part) => (event) => {
    header[part] = event.target.value;
    delete errors[place("name")];
    delete errors[place("value")];
    change({});
  };
  const drop = () => {
    Object.keys(errors).filter(isHeaderError).forEach((one) => delete errors[one]);
    change({ headers: draft.headers.filter((other) => other !== header) }, "add-header");
  };
  const input = (part, type, label, placeholder, autocomplete) => html`<input id=${place(part)} type=${type} class="mono"
    aria-label="${label} of header ${index + 1}" placeholder=${placeholder} .value=${header[part]} spellcheck="false"
    autocomplete=${autocomplete} aria-invalid=${Boolean(errors[place(part)])} aria-describedby="header-${index}-error"
    @input=${put(part)} />`;
  // browsers fill saved passwords into a field of any other autocompletion
  return html`<div class="trigger">
    <div class="inputs" role="group" aria-label="Header ${index + 1}">
      ${input("name", "text", "Name", "X-Api-Key", "off")}
      ${input("value", "password", "Value", EMPTY_VALUE[valueSource(draft, header)], "new-password")}
      <button type="button" class="icon" aria-label="Remove header ${index + 1}" @click=${drop}>✕</button>
    </div>
    <p class="error" id="header-${index}-error">${errors[place("name")] ?? errors[place("value")] ?? nothing}</p>
  </div>`;
}

/** @param change called with the parts of the draft that are new */
export function headerFields(draft, errors, change) {
  const lost = draft.headers.some((header) => header.value === "" && valueSource(draft, header) === "lost");
  const add = () => change({ headers: [...draft.headers, { name: "", value: "" }] }, `header-name-${draft.headers.length}`);
  return html`<details class="headers" ?open=${draft.headersOpen} @toggle=${(event) => (draft.headersOpen = event.target.open)}>
    <summary>Headers <span class="muted">(optional)</span></summary>
    <p class="hint">Sent with every delivery. A user and a password in the URL become the header Authorization. Saved
      values are never shown.</p>
    <p class="hint" role="status">${lost ? html`The URL leads to another host. The values are sent only to the host for
      which they were written: write them again, or remove the headers.` : nothing}</p>
    ${draft.headers.map((header, index) => headerRow(header, index, draft, errors, change))}
    <div class="more">
      <button type="button" id="add-header" class="quiet" ?disabled=${draft.headers.length >= choices.limits.headers} @click=${add}>
        + Header
      </button>
    </div>
    <p class="error">${errors.headers ?? nothing}</p>
  </details>`;
}
