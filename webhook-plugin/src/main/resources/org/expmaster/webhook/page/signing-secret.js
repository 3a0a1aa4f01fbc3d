// The secret that signs a webhook's deliveries, and its rotation.
import { html, nothing } from "./lit-html/lit-html.js";
import { ApiError, readSecret, rotateSecret } from "./api.js";
import { copy } from "./clipboard.js";
import { confirmThat } from "./confirm.js";
import { openDialog } from "./dialog.js";
import { failure } from "./failure.js";
import { say } from "./notices.js";
import { fullTime, nameOf } from "./words.js";

const MASKED = `whsec_${"•".repeat(16)}`;

/** @param rotate called on confirmation, with whether the secret has leaked */
function confirmRotation(rotate) {
  let leaked = false;
  confirmThat({
    title: "Rotate the secret?",
    text: "A new secret is made. For a while the old one signs as well, so that the receiver can change over; you will "
      + "see until when.",
    more: html`<label class="check"
        ><input type="checkbox" @change=${(event) => (leaked = event.target.checked)} />It has leaked: replace it at once</label
      ><p class="hint">Then the old one signs nothing more, and the receiver refuses deliveries until it has the new one.</p>`,
    button: "Rotate Secret",
    action: () => rotate(leaked),
  });
}

function secretView(label, secret, shown) {
  return html`<pre tabindex="0" aria-label=${label}>${shown ? secret : MASKED}</pre>`;
}

export function openSigningSecret(webhook) {
  let known = null;
  let problem = null;
  let shown = false;
  const put = (secrets, error) => {
    known = secrets;
    problem = error;
    dialog.update();
  };
  const read = () => readSecret(webhook.id).then((secrets) => put(secrets, null), (error) => put(known, error));
  const rotate = async (leaked) => {
    try {
      put(await rotateSecret(webhook.id, leaked), null);
      say(leaked ? "The secret is replaced." : "The secret is rotated.");
    } catch (error) {
      if (![400, 409].includes(error.status)) throw error;
      await read(); // someone else may have rotated it
      throw error.status === 409 || !known.previousUntil ? error : new ApiError(400, "a rotation is under way: the "
        + `previous secret signs until ${fullTime(known.previousUntil)}; wait until then, unless the secret has leaked`);
    }
  };
  const reveal = () => {
    shown = !shown;
    dialog.update();
  };
  const secrets = ({ secret, previousSecret, previousUntil }) => html`
    <h3>The secret</h3>
    ${secretView("The secret", secret, shown)}
    <div class="more">
      <button type="button" aria-pressed=${shown} @click=${reveal}>Show</button>
      <button type="button" @click=${() => copy(secret, "The secret")}>Copy</button>
      <button type="button" @click=${() => confirmRotation(rotate)}>Rotate…</button>
    </div>
    ${previousSecret === null ? nothing : html`<h3>The previous secret</h3>
      <p class="muted">It signs as well until ${fullTime(previousUntil)}.</p>
      ${secretView("The previous secret", previousSecret, shown)}
      <div class="more">
        <button type="button" @click=${() => copy(previousSecret, "The previous secret")}>Copy the previous secret</button>
      </div>`}`;
  const dialog = openDialog(
    `Signing secret of ${nameOf(webhook)}`,
    () => html`<div class="body">
        <p>It signs the header <code>webhook-signature</code> of this webhook’s deliveries, as Standard Webhooks defines.
          Whoever has it can forge them: give it to the receiver alone.</p>
        ${failure(problem)}
        ${known ? secrets(known) : problem ? nothing : html`<p class="waiting">Loading…</p>`}
      </div>
      <div class="foot">
        <button type="button" class="primary" @click=${() => dialog.close()}>Close</button>
      </div>`,
  );
  read();
}
