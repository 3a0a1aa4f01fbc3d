package org.expmaster.webhook.payload;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.expmaster.webhook.payload.Message.Fact;
import org.expmaster.webhook.payload.Message.Quote;
import org.expmaster.webhook.payload.Message.Subject;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Type Discord: a sentence, and an embed with the experiment. Only mentions in a template itself
 * ping anyone.
 */
final class DiscordFormat implements ChatFormat {
  private static final int CONTENT = 2_000;
  private static final int TITLE = 256;
  private static final int FIELD = 1_024;

  /** Keeps the fields of an embed within the embed's total limit of 6,000. */
  private static final int FACT = 256;

  /** With {@link #LOG_REGEX} and the words around both, fits a description's limit of 4,096. */
  private static final int LOG_LINE = 2_000;

  private static final int LOG_REGEX = 1_000;

  /** Discord refuses a field without a value. */
  private static final String NOTHING = "–";

  private static final Pattern MARKUP = Pattern.compile("[\\\\*_~`|<>\\[\\]()#:]");
  private static final Pattern MENTION =
      Pattern.compile("<@(!?|&)(\\d{1,20})>|@(everyone|here)\\b");

  private final List<KnownAnswers> answers = List.of(DiscordAnswers.all());

  @Override
  public ObjectNode message(Message message) {
    ObjectNode document = Json.object();
    document.put("content", Text.cut(CONTENT, message.plainSentence(), this::escape));
    ObjectNode embed = document.putArray("embeds").addObject();
    message.subject().ifPresent(subject -> title(embed, subject));
    description(embed, message);
    ArrayNode fields = embed.putArray("fields");
    fields(fields, message.details(), FIELD);
    message.subject().ifPresent(subject -> fields(fields, subject.facts(), FACT));
    document.putObject("allowed_mentions").putArray("parse");
    return document;
  }

  @Override
  public ObjectNode worded(String template, String text) {
    ObjectNode document = Json.object().put("content", Text.cutEscaped(CONTENT, text));
    ObjectNode allowed = document.putObject("allowed_mentions");
    Set<String> users = new TreeSet<>();
    Set<String> roles = new TreeSet<>();
    ArrayNode parse = allowed.putArray("parse");
    Matcher mention = MENTION.matcher(template);
    while (mention.find()) {
      if (mention.group(2) == null) {
        parse.removeAll().add("everyone");
      } else {
        (mention.group(1).equals("&") ? roles : users).add(mention.group(2));
      }
    }
    // Discord takes at most 100 of each
    ArrayNode allowedUsers = allowed.putArray("users");
    users.stream().limit(100).forEach(allowedUsers::add);
    ArrayNode allowedRoles = allowed.putArray("roles");
    roles.stream().limit(100).forEach(allowedRoles::add);
    return document;
  }

  @Override
  public List<KnownAnswers> answers() {
    return answers;
  }

  @Override
  public ObjectNode test() {
    ObjectNode document = Json.object().put("content", "test");
    document.putObject("allowed_mentions").putArray("parse");
    return document;
  }

  /** Inserts a zero-width space after each at sign, because Discord has no escape for it. */
  @Override
  public String escape(String text) {
    return MARKUP.matcher(text).replaceAll("\\\\$0").replace("@", "@\u200b");
  }

  private void title(ObjectNode embed, Subject subject) {
    int around = subject.mark().length() + subject.number().length();
    String name = Text.cut(TITLE - around, subject.name(), this::escape);
    embed.put("title", subject.mark() + name + subject.number());
    subject.url().ifPresent(url -> embed.put("url", url));
    embed.put("color", Integer.decode(subject.accent().hex));
  }

  private static void description(ObjectNode embed, Message message) {
    if (message.quotes().isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    int limit = LOG_LINE;
    for (Quote quote : message.quotes()) {
      text.append(quote.before()).append("```\n");
      // a code block reads no markup, so nothing is escaped
      text.append(Text.cut(limit, quote.text(), UnaryOperator.identity()));
      text.append("\n```");
      limit = LOG_REGEX;
    }
    message
        .more()
        .ifPresent(
            more ->
                text.append(
                    more.isUrl()
                        ? linked(Optional.of(more.target()), more.label())
                        : more.label() + " " + more.target()));
    embed.put("description", text.toString());
  }

  private void fields(ArrayNode fields, List<Fact> facts, int limit) {
    for (Fact fact : facts) {
      String value = Text.cut(limit, fact.value(), this::escape);
      fields
          .addObject()
          .put("name", fact.label())
          .put("value", linked(fact.url(), value.isBlank() ? NOTHING : value))
          .put("inline", limit == FACT);
    }
  }

  private static String linked(Optional<String> url, String escaped) {
    return url.map(target -> "[" + escaped.replace('\n', ' ') + "](" + target + ")")
        .orElse(escaped);
  }
}
