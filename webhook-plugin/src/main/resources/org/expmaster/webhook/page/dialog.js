// A modal dialog: the browser keeps the focus inside and restores it afterwards.
import { html, render } from "./lit-html/lit-html.js";

let count = 0;

/**
 * Opens a dialog.
 *
 * @param content returns what it shows; called again by update()
 */
export function openDialog(title, content, className = "") {
  const id = `dialog-${++count}`;
  const element = document.createElement("dialog");
  element.className = className;
  element.setAttribute("aria-labelledby", id);
  const update = () =>
    render(
      html`<div class="head">
          <h2 id=${id}>${title}</h2>
          <button type="button" class="icon" aria-label="Close" @click=${() => element.close()}>✕</button>
        </div>
        ${content()}`,
      element,
    );
  document.body.append(element);
  update();
  element.addEventListener("close", () => {
    element.remove();
    // its opener may be gone: a row that was deleted
    if (document.activeElement === document.body) {
      document.querySelector("h1")?.focus();
    }
  });
  element.showModal();
  return { element, update, close: () => element.close() };
}
