package org.expmaster.webhook.payload;

/** What Mattermost's incoming webhooks answer, which take Slack's messages: JSON with an id. */
final class MattermostAnswers {
  private static final String NEW_URL =
      "In Mattermost, under Integrations, Incoming Webhooks, find the webhook or add one, and write"
          + " its URL into this webhook.";

  private MattermostAnswers() {}

  static KnownAnswers all() {
    KnownAnswers all = new KnownAnswers("Mattermost", response -> AnswerJson.value(response, "id"));
    all.code(
            "web.incoming_webhook.invalid.app_error",
            "Mattermost has no such webhook: it was deleted, or the URL is incomplete.",
            NEW_URL)
        .code(
            "web.incoming_webhook.disabled.app_error",
            "Incoming webhooks are turned off in Mattermost.",
            "Ask a Mattermost admin to enable incoming webhooks in the System Console.")
        .code(
            "web.incoming_webhook.text.app_error",
            "Mattermost found no text in what was sent.",
            "Check that this webhook's format is SLACK, which Mattermost takes.")
        .code(
            "web.incoming_webhook.parse.app_error",
            "Mattermost did not understand the message.",
            "Check that this webhook's format is SLACK, which Mattermost takes.")
        .code(
            "web.incoming_webhook.channel.app_error",
            "Mattermost does not find the channel that the webhook posts to.",
            NEW_URL)
        .code(
            "app.channel.get.existing.app_error",
            "The channel that the Mattermost webhook posts to was deleted.",
            NEW_URL)
        .code(
            "web.incoming_webhook.channel_locked.app_error",
            "The Mattermost webhook may post in its own channel alone.",
            "Use a webhook of the channel that is meant.")
        .code(
            "web.incoming_webhook.user.app_error",
            "The person who made the Mattermost webhook no longer exists.",
            "Have someone else make one in Mattermost, and write its URL into this webhook.")
        .code(
            "web.incoming_webhook.permissions.app_error",
            "The person who made the Mattermost webhook may not post in its channel.",
            "Add that person to the channel, or have someone else make the webhook in Mattermost.");
    return all;
  }
}
