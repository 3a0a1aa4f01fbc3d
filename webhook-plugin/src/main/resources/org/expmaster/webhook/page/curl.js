// A delivery as a command line. The signature is not in it: its time would be over.
import { typeOf } from "./choices.js";

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

export function curl(webhook, delivery) {
  return [
    `curl -sS -X POST ${quoted(webhook.url)}`,
    `-H ${quoted(`Content-Type: ${typeOf(webhook.webhookType).contentType}`)}`,
    `-H ${quoted(`webhook-id: ${delivery.eventId}`)}`,
    `--data-raw ${quoted(delivery.body)}`,
  ].join(" \\\n  ");
}
