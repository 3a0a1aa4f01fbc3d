// A preview of the payload while the form is being filled in.
import { html } from "./lit-html/lit-html.js";
import { previewWebhook } from "./api.js";
import { pretty, sentence } from "./words.js";

const PAUSE = 250;

/** @param update called when there is something new to show */
export function livePreview(update) {
  let shown = null;
  let problem = "";
  let asked = 0;
  let timer;
  const ask = async (draft) => {
    const mine = ++asked;
    let result = null;
    let failed = "";
    try {
      result = await previewWebhook(draft);
    } catch (error) {
      failed = error.message;
    }
    if (mine === asked) {
      shown = result ?? shown;
      problem = failed;
      update();
    }
  };
  return {
    of(draft) {
      clearTimeout(timer);
      timer = setTimeout(() => ask(draft), shown ? PAUSE : 0);
    },
    view: () => html`<section class="preview" aria-label="Preview">
      <h3>What will arrive</h3>
      <p class="muted">${shown ? shown.contentType : "…"}</p>
      <pre tabindex="0" aria-label="Payload" class=${problem ? "old" : ""}>${shown ? pretty(shown.body) : ""}</pre>
      ${problem ? html`<p class="muted">${sentence(problem)}</p>` : ""}
    </section>`,
  };
}
