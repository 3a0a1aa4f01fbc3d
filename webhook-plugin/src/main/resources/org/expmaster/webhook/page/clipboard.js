// Copies text, even over plain http, where browsers give pages no clipboard.
import { say } from "./notices.js";

export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    if (!copied) {
      say(`${what} could not be copied.`, "bad");
      return;
    }
  }
  say(`${what} copied.`);
}
