package org.expmaster.webhook.payload;

import java.util.Optional;

/** What Slack's incoming webhooks answer: the code alone, as text. */
final class SlackAnswers {
  private static final String NEW_URL =
      "Add an incoming webhook in the Slack app's settings, and write its URL into this webhook.";

  private static final String OUR_MESSAGE =
      "If this webhook has a template, try without it; otherwise this is a defect of the plugin, and"
          + " worth a report with the payload.";

  private SlackAnswers() {}

  static KnownAnswers all() {
    KnownAnswers all = new KnownAnswers("Slack", SlackAnswers::code);
    addUrls(all);
    addChannels(all);
    addMessages(all);
    return all;
  }

  private static Optional<String> code(String response) {
    return AnswerJson.value(response, "error").or(() -> Optional.of(response.strip()));
  }

  private static void addUrls(KnownAnswers all) {
    all.code("no_service", "Slack has no such webhook: it was removed or disabled.", NEW_URL)
        .code("no_service_id", "The URL does not say which of Slack's webhooks it is.", NEW_URL)
        .code("no_active_hooks", "The Slack app has no incoming webhook that is active.", NEW_URL)
        .code("invalid_token", "The last part of the URL is wrong or no longer valid.", NEW_URL)
        .code("no_team", "Slack has no such workspace: the URL is incomplete or wrong.", NEW_URL)
        .code(
            "team_disabled",
            "The Slack workspace has been shut down.",
            "Use a webhook of another Slack workspace.");
  }

  private static void addChannels(KnownAnswers all) {
    all.code(
            "channel_not_found",
            "The channel that the Slack webhook posts to was deleted, or its app may no longer see"
                + " it.",
            NEW_URL)
        .code(
            "channel_is_archived",
            "The channel that the Slack webhook posts to is archived. Slack's status is then 410,"
                + " which disables this webhook.",
            "Unarchive the channel, or write the URL for another channel into this webhook; then"
                + " enable it.")
        .code(
            "user_not_found",
            "The person that the Slack webhook writes to no longer exists.",
            NEW_URL)
        .code(
            "action_prohibited",
            "A rule of the Slack workspace forbids this webhook to post.",
            "Ask an admin of the Slack workspace to allow the app to post in this channel.")
        .code(
            "posting_to_general_channel_denied",
            "Only some people may post in the Slack workspace's general channel.",
            "Choose another channel, or ask an admin of the Slack workspace to allow it.");
  }

  private static void addMessages(KnownAnswers all) {
    all.code(
            "invalid_payload",
            "Slack did not understand the message.",
            "Check that this webhook's format is SLACK. " + OUR_MESSAGE)
        .code("invalid_blocks", "Slack does not accept the message's blocks.", OUR_MESSAGE)
        .code("invalid_blocks_format", "Slack does not accept the message's blocks.", OUR_MESSAGE)
        .code("invalid_attachments", "Slack does not accept the message's attachment.", OUR_MESSAGE)
        .code(
            "too_many_attachments",
            "The message has more attachments than Slack takes.",
            OUR_MESSAGE)
        .code("msg_too_long", "The message is longer than Slack takes.", OUR_MESSAGE)
        .code(
            "no_text",
            "Slack found no message in what was sent.",
            "Check that this webhook's format is SLACK. " + OUR_MESSAGE)
        .code(
            "missing_text_or_fallback_or_attachments",
            "Slack found no message in what was sent.",
            "Check that this webhook's format is SLACK. " + OUR_MESSAGE)
        .code(
            "rate_limited",
            "Slack takes about one message a second from a webhook, and more came. Deliveries wait"
                + " for as long as Slack asks, and then go out.",
            "If this goes on, let the webhook fire less often.")
        .code(
            "rollup_error",
            "Slack failed, for a reason of its own.",
            "Nothing has to be done: the delivery is repeated.");
  }
}
