// The menu behind a row's three dots.
import { html, render } from "./lit-html/lit-html.js";

const menu = document.createElement("div");
menu.className = "menu";
menu.setAttribute("role", "menu");
menu.popover = "auto";

let opener = null;

const items = () => [...menu.querySelectorAll("[role=menuitem]")];

function focusItem(step) {
  const all = items();
  const next = (all.indexOf(document.activeElement) + step + all.length) % all.length;
  all[next].focus();
}

menu.addEventListener("keydown", (event) => {
  const moves = { ArrowDown: () => focusItem(1), ArrowUp: () => focusItem(-1),
    Home: () => items()[0].focus(), End: () => items().at(-1).focus(), Tab: () => menu.hidePopover() };
  if (moves[event.key]) {
    if (event.key !== "Tab") event.preventDefault();
    moves[event.key]();
  }
});

menu.addEventListener("toggle", (event) => {
  if (event.newState === "closed") {
    opener?.setAttribute("aria-expanded", "false");
  }
});

function place(button) {
  const at = button.getBoundingClientRect();
  const width = menu.offsetWidth;
  const height = menu.offsetHeight;
  const below = at.bottom + 4 + height <= innerHeight;
  menu.style.left = `${Math.max(8, at.right - width)}px`;
  menu.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - 4 - height)}px`;
}

/**
 * Opens the menu at a button.
 *
 * @param entries arrays of a label, an action, and a class if any
 */
export function openMenu(button, label, entries) {
  opener = button;
  document.querySelector("main").append(menu);
  menu.setAttribute("aria-label", label);
  const choose = (action) => {
    menu.hidePopover();
    button.focus();
    action();
  };
  render(
    entries.map(
      ([text, action, className]) =>
        html`<button type="button" role="menuitem" tabindex="-1" class=${className ?? ""} @click=${() => choose(action)}>
          ${text}
        </button>`,
    ),
    menu,
  );
  menu.showPopover();
  button.setAttribute("aria-expanded", "true");
  place(button);
  items()[0].focus();
}
