package org.expmaster.webhook.payload;

/** What Discord's webhooks answer: JSON with a number as its code. */
final class DiscordAnswers {
  private static final String NEW_URL =
      "In the Discord channel's settings, under Integrations, Webhooks, find the webhook or make one,"
          + " and write its URL into this webhook.";

  private static final String OUR_MESSAGE =
      "Check that this webhook's format is DISCORD. If it has a template, try without it; otherwise"
          + " this is a defect of the plugin, and worth a report with the payload.";

  private DiscordAnswers() {}

  static KnownAnswers all() {
    KnownAnswers all = new KnownAnswers("Discord", response -> AnswerJson.value(response, "code"));
    addUrls(all);
    addMessages(all);
    addLimits(all);
    return all;
  }

  private static void addUrls(KnownAnswers all) {
    all.code("10015", "Discord has no such webhook: it was deleted, or the URL is wrong.", NEW_URL)
        .code("50027", "The last part of the URL, the webhook's token, is wrong.", NEW_URL)
        .code("10003", "The Discord channel that the webhook posts to was deleted.", NEW_URL)
        .code(
            "220001",
            "The webhook posts to a forum channel, where each message needs a thread.",
            "Add ?thread_id= and the thread's id to this webhook's URL, or use one of a text"
                + " channel.")
        .code(
            "220003",
            "The URL names a thread, and its channel is no forum channel.",
            "Remove the thread from this webhook's URL.")
        .code(
            "50083",
            "The thread that the URL names is archived.",
            "Reopen the thread, or use another one.")
        .code(
            "160005",
            "The thread that the URL names is locked.",
            "Unlock the thread, or use another one.");
  }

  private static void addMessages(KnownAnswers all) {
    all.code("50006", "Discord found no message in what was sent.", OUR_MESSAGE)
        .code("50035", "Discord does not accept a field of the message.", OUR_MESSAGE)
        .code("50109", "Discord did not understand the message.", OUR_MESSAGE)
        .code("40005", "The message is larger than Discord takes.", OUR_MESSAGE)
        .code(
            "200000",
            "The Discord server's automatic moderation blocked the message.",
            "Exempt the webhook's channel from that rule, or change the template.")
        .code(
            "240000",
            "Discord blocked the message for a link that it takes for harmful.",
            "Check the links in the template, and webhooks.base_url.");
  }

  private static void addLimits(KnownAnswers all) {
    all.code(
            "20016",
            "The channel is in slow mode.",
            "Turn slow mode off for the channel, or use another one.")
        .code(
            "20028",
            "More is written in the Discord channel than Discord allows.",
            "If this goes on, let the webhook fire less often, or use another channel.")
        .status(
            429,
            "Discord gets more messages than it allows. Deliveries wait for as long as Discord asks,"
                + " at most an hour, and then go out.",
            "If this goes on, let the webhook fire less often.");
  }
}
