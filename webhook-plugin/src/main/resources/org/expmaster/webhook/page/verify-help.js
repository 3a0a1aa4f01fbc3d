// Shows how a receiver verifies that a delivery comes from this master.
import { html, nothing } from "./lit-html/lit-html.js";
import { CONFIG_ADDRESS, readKeys } from "./api.js";
import { copy } from "./clipboard.js";
import { openDialog } from "./dialog.js";
import { failure } from "./failure.js";

const PROGRAMS = [
  ["Python", "verify.py"],
  ["JavaScript", "verify.mjs"],
  ["Java", "Verify.java"],
  ["Go", "verify.go"],
  ["bash", "verify.sh"],
];

/** The part of a program between its region marks. */
const heart = (program) => program.match(/region verify\n([\s\S]*?)\n[^\n]*endregion/)?.[1].trim() ?? program;

export function openVerifyHelp(mayReadKey) {
  let chosen = 0;
  let code = "";
  let keys = null;
  let problem = null;
  const choose = async (index) => {
    chosen = index;
    const response = await fetch(new URL(`webhooks/verify/${PROGRAMS[index][1]}`, document.baseURI));
    code = heart(await response.text());
    dialog.update();
  };
  const reveal = async () => {
    try {
      keys = await readKeys();
      problem = null;
    } catch (error) {
      problem = error;
    }
    dialog.update();
  };
  const setup = () =>
    keys ? `export WEBHOOK_KEYS='${keys.join(" ")}'` :
      `# an admin reads it at ${CONFIG_ADDRESS}\nexport WEBHOOK_KEYS='<the signing key>'`;
  const content = () => html`<div class="body">
      <p>
        Every delivery is signed: <code>X-Determined-AI-Signature</code> is the HMAC-SHA256, in hex, of the
        <code>X-Determined-AI-Signature-Timestamp</code> header, a comma, and the body as it came. Sign the raw bytes,
        compare in constant time, and refuse timestamps far from now.
      </p>
      <h3>The key</h3>
      <pre tabindex="0" aria-label="The key">${setup()}</pre>
      ${failure(problem)}
      ${mayReadKey && !keys ? html`<button type="button" @click=${reveal}>Show the key</button>` : nothing}
      <h3>The check</h3>
      <div class="segments" role="group" aria-label="Language">
        ${PROGRAMS.map(
          ([name], index) =>
            html`<button type="button" aria-pressed=${index === chosen} @click=${() => choose(index)}>${name}</button>`,
        )}
      </div>
      <pre tabindex="0" class="code" aria-label="The check in ${PROGRAMS[chosen][0]}">${code}</pre>
      <p class="muted">
        The headers <code>webhook-id</code>, <code>webhook-timestamp</code> and <code>webhook-signature</code> follow
        Standard Webhooks; its libraries verify them too, by the master’s key or by the webhook’s
        own secret, which those who may edit the webhook find in its menu.
      </p>
    </div>
    <div class="foot">
      <button type="button" @click=${() => copy(code, "The check")}>Copy the check</button>
      <button type="button" class="primary" @click=${() => dialog.close()}>Close</button>
    </div>`;
  const dialog = openDialog("Check the signature", content);
  choose(0);
}
