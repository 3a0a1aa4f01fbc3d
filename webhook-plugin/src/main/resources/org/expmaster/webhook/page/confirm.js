// Asks for confirmation of an action that cannot be undone.
import { html, nothing } from "./lit-html/lit-html.js";
import { openDialog } from "./dialog.js";
import { failure } from "./failure.js";

/**
 * @param more shown below the text
 * @param action runs on confirmation; if it fails, the dialog stays open and shows why
 */
export function confirmThat({ title, text, more = nothing, button, danger = false, action }) {
  let busy = false;
  let problem = null;
  const act = async () => {
    busy = true;
    dialog.update();
    try {
      await action();
      dialog.close();
    } catch (error) {
      problem = error;
      busy = false;
      dialog.update();
    }
  };
  const dialog = openDialog(
    title,
    () =>
      html`<div class="body"><p>${text}</p>${more}${failure(problem)}</div>
        <div class="foot">
          <button type="button" autofocus @click=${() => dialog.close()}>Cancel</button>
          <button type="button" class=${danger ? "danger" : "primary"} ?disabled=${busy} @click=${act}>${button}</button>
        </div>`,
    "small",
  );
}
