// A delivery as a command line. The signature is not in it: its time would be over.
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

export function curl(webhook, delivery) {
  const type =
    webhook.webhookType === "WEBHOOK_TYPE_CLOUDEVENTS"
      ? "application/cloudevents+json; charset=UTF-8"
      : "application/json; charset=UTF-8";
  return [
    `curl -sS -X POST ${quoted(webhook.url)}`,
    `-H ${quoted(`Content-Type: ${type}`)}`,
    `-H ${quoted(`webhook-id: ${delivery.eventId}`)}`,
    `--data-raw ${quoted(delivery.body)}`,
  ].join(" \\\n  ");
}
