package org.expmaster.webhook.payload;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.expmaster.webhook.payload.Message.Accent;
import org.expmaster.webhook.payload.Message.Fact;
import org.expmaster.webhook.payload.Message.Link;
import org.expmaster.webhook.payload.Message.Quote;
import org.expmaster.webhook.payload.Message.Subject;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Type Teams: a message with an Adaptive Card, for the webhook of a workflow. Users' text goes into
 * text runs, in which Teams reads no markup.
 *
 * <p>Teams takes 28 KB. A message with all texts and characters at their longest stays below.
 */
final class TeamsFormat implements ChatFormat {
  private static final int LINE = 500;
  private static final int FACT = 300;
  private static final int DETAIL = 1_500;
  private static final int LOG_LINE = 3_000;
  private static final int LOG_REGEX = 1_000;
  private static final int WORDING = 4_000;
  private static final int MENTIONS = 20;

  private static final Pattern MARKUP = Pattern.compile("[\\\\*_~`\\[\\]]");
  private static final Pattern MENTION = Pattern.compile("<at>([^<>{}]{1,100})</at>");

  private final List<KnownAnswers> answers = List.of(TeamsAnswers.all());

  @Override
  public ObjectNode message(Message message) {
    ObjectNode card = card();
    ArrayNode body = card.putArray("body");
    body.add(paragraph(run(LINE, message.plainSentence()).put("weight", "Bolder")));
    facts(body, message.details(), DETAIL);
    quotes(body, message.quotes());
    message.more().ifPresent(more -> body.add(paragraph(link(more))));
    message.subject().ifPresent(subject -> body.add(experiment(subject)));
    return message(card);
  }

  @Override
  public ObjectNode worded(String template, String text) {
    ObjectNode card = card();
    card.putArray("body")
        .addObject()
        .put("type", "TextBlock")
        .put("text", Text.cutEscaped(WORDING, text))
        .put("wrap", true);
    // Teams shows a mention as plain text unless this list has an entry for it
    ArrayNode entities = ((ObjectNode) card.get("msteams")).putArray("entities");
    MENTION
        .matcher(template)
        .results()
        .map(mention -> mention.group(1))
        .distinct()
        .limit(MENTIONS)
        .forEach(who -> entities.add(mention(who)));
    return message(card);
  }

  @Override
  public List<KnownAnswers> answers() {
    return answers;
  }

  @Override
  public ObjectNode test() {
    ObjectNode card = card();
    card.putArray("body").add(paragraph(run(LINE, "test")));
    return message(card);
  }

  /** Escapes for the one place where Teams reads markup: the text of a template. */
  @Override
  public String escape(String text) {
    return MARKUP
        .matcher(text)
        .replaceAll("\\\\$0")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  private static ObjectNode experiment(Subject subject) {
    ObjectNode container = Json.object().put("type", "Container");
    container.put("style", style(subject.accent())).put("bleed", true);
    int around = subject.mark().length() + subject.number().length();
    String name = Text.cut(FACT - around, subject.name(), UnaryOperator.identity());
    ObjectNode title = run(FACT, subject.mark() + name + subject.number());
    ArrayNode items = container.putArray("items");
    items.add(paragraph(open(title.put("weight", "Bolder"), subject.url())));
    facts(items, subject.facts(), FACT);
    return container;
  }

  private static void facts(ArrayNode into, List<Fact> facts, int limit) {
    for (Fact fact : facts) {
      ObjectNode label = run(FACT, fact.label() + ": ").put("weight", "Bolder");
      into.add(paragraph(label, open(run(limit, fact.value()), fact.url())));
    }
  }

  private static void quotes(ArrayNode into, List<Quote> quotes) {
    int limit = LOG_LINE;
    for (Quote quote : quotes) {
      if (!quote.before().isEmpty()) {
        into.add(paragraph(run(LINE, quote.before())));
      }
      ObjectNode code = run(limit, quote.text()).put("fontType", "Monospace");
      into.add(paragraph(code).put("separator", true));
      limit = LOG_REGEX;
    }
  }

  private static ObjectNode link(Link link) {
    return link.isUrl()
        ? open(run(LINE, link.label()), Optional.of(link.target()))
        : run(LINE, link.label() + " " + link.target());
  }

  private static ObjectNode run(int limit, String text) {
    return Json.object()
        .put("type", "TextRun")
        .put("text", Text.cut(limit, text, UnaryOperator.identity()));
  }

  private static ObjectNode open(ObjectNode run, Optional<String> url) {
    url.ifPresent(
        target -> run.putObject("selectAction").put("type", "Action.OpenUrl").put("url", target));
    return run;
  }

  private static ObjectNode paragraph(ObjectNode... runs) {
    ObjectNode paragraph = Json.object().put("type", "RichTextBlock");
    paragraph.putArray("inlines").addAll(List.of(runs));
    return paragraph;
  }

  private static String style(Accent accent) {
    return switch (accent) {
      case GOOD -> "good";
      case BAD -> "attention";
      case NEUTRAL -> "accent";
    };
  }

  private static ObjectNode mention(String who) {
    ObjectNode entity = Json.object().put("type", "mention").put("text", "<at>" + who + "</at>");
    entity.putObject("mentioned").put("id", who).put("name", who);
    return entity;
  }

  private static ObjectNode card() {
    ObjectNode card = Json.object();
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard").put("version", "1.4");
    card.putObject("msteams").put("width", "Full");
    return card;
  }

  private static ObjectNode message(ObjectNode card) {
    ObjectNode message = Json.object().put("type", "message");
    ObjectNode attachment = message.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    attachment.putNull("contentUrl");
    attachment.set("content", card);
    return message;
  }
}
