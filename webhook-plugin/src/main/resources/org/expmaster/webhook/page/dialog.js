// A dialog over the page: the browser keeps the focus in it, and gives it back afterwards.
import { html, render } from "./lit-html/lit-html.js";

let count = 0;

/**
 * Opens one.
 *
 * @param title what it is called
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
    // what opened it may be gone by now: its row was deleted
    if (document.activeElement === document.body) {
      document.querySelector("h1")?.focus();
    }
  });
  element.showModal();
  return { element, update, close: () => element.close() };
}
