// A delivery as a curl command, without the signature, whose timestamp would be too old.
import { typeOf } from "./choices.js";

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

export function curl(webhook, delivery) {
  return [
    `curl -sS -X POST ${quoted(webhook.url)}`,
    `-H ${quoted(`Content-Type: ${typeOf(webhook.format).contentType}`)}`,
    `-H ${quoted(`webhook-id: ${delivery.eventId}`)}`,
    `--data-raw ${quoted(delivery.body)}`,
  ].join(" \\\n  ");
}
