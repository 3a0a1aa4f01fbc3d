// The actions on a webhook, and who may take them.
import { deleteWebhook, switchWebhook } from "./api.js";
import { copy } from "./clipboard.js";
import { confirmThat } from "./confirm.js";
import { say } from "./notices.js";
import { openSigningSecret } from "./signing-secret.js";
import { openTest } from "./test-result.js";
import { openWebhookDialog } from "./webhook-dialog.js";
import { nameOf, sentence } from "./words.js";

function gone(error, webhook, page) {
  if (error.status === 404) {
    say(`Someone else deleted ${nameOf(webhook)} meanwhile.`, "bad");
    page.changed();
    return true;
  }
  return false;
}

async function flip(webhook, on, page) {
  try {
    await switchWebhook(webhook.id, on);
    say(`${nameOf(webhook)} is ${on ? "enabled: what waited goes out" : "disabled: what happens now waits"}.`);
    page.changed();
  } catch (error) {
    if (!gone(error, webhook, page)) say(sentence(error.message), "bad");
  }
}

export function confirmDelete(webhook, page) {
  confirmThat({
    title: "Confirm Delete",
    text: `Delete ${nameOf(webhook)}? What still waits to be sent to it is dropped. This cannot be undone.`,
    button: "Delete Webhook",
    danger: true,
    async action() {
      try {
        await deleteWebhook(webhook.id);
        say(`${nameOf(webhook)} is deleted.`);
      } catch (error) {
        if (!gone(error, webhook, page)) throw error;
      }
      page.changed();
      if (page.view.id === webhook.id) location.hash = "#/";
    },
  });
}

/** The entries of a webhook's menu: what the user may do with it. */
export function actions(webhook, page) {
  const name = webhook.name ? [["Copy name", () => copy(webhook.name, "The name")]] : [];
  const deliveries = webhook.maySeeDeliveries ? [["Deliveries", () => (location.hash = `#/webhooks/${webhook.id}`)]] : [];
  if (!webhook.mayEdit) {
    return [...deliveries, ...name];
  }
  const disabled = Boolean(webhook.health.disabledAt);
  return [
    ["Test Webhook", () => openTest(webhook)],
    ["Edit", () => openWebhookDialog(webhook, page)],
    ["Signing secret", () => openSigningSecret(webhook)],
    ...deliveries,
    ...name,
    [disabled ? "Enable" : "Disable", () => flip(webhook, disabled, page)],
    ["Delete", () => confirmDelete(webhook, page), "danger"],
  ];
}
