package org.expmaster.webhook.payload;

import java.net.URI;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.expmaster.webhook.advice.Advice;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.WebhookType;

/** Renders events in every form that webhooks can ask for. */
public final class Payloads {
  /** The newest version of the event payload; the oldest is 1. */
  public static final int NEWEST_VERSION = 2;

  private final int mastersVersion;
  private final Links links;
  private final Messages messages;
  private final PayloadRenderer documented = new DefaultRenderer();
  private final PayloadRenderer original = new OriginalRenderer();
  private final PayloadRenderer cloudEvents;
  private final Map<WebhookType, ChatFormat> chats =
      new EnumMap<>(
          Map.of(
              WebhookType.SLACK, new SlackFormat(),
              WebhookType.MSTEAMS, new TeamsFormat(),
              WebhookType.DISCORD, new DiscordFormat()));
  private final ServiceAdvice advice = new ServiceAdvice(chats);

  /**
   * @param mastersVersion version of the event payload for webhooks that choose none
   * @param base the URL at which users reach the master, for links
   */
  public Payloads(int mastersVersion, Optional<URI> base) {
    this.mastersVersion = mastersVersion;
    this.links = new Links(base);
    this.messages = new Messages(links);
    this.cloudEvents = new CloudEventsRenderer(base);
  }

  /** Returns the names of the placeholders that a template may contain. */
  public static List<String> placeholders() {
    return Placeholders.NAMES;
  }

  /** Returns the {@code Content-Type} of a body in this form. */
  public String contentType(PayloadForm form) {
    return renderer(form).contentType();
  }

  /** Renders an event in this form. */
  public Payload render(PayloadForm form, WebhookEvent event) {
    PayloadRenderer renderer = renderer(form);
    return new Payload(renderer.contentType(), Json.bytes(renderer.render(event)));
  }

  /** Renders the payload that tests a webhook of this form. */
  public Payload test(PayloadForm form, UUID id, Instant at) {
    PayloadRenderer renderer = renderer(form);
    return new Payload(renderer.contentType(), Json.bytes(renderer.test(id, at)));
  }

  /** Renders what this trigger would send about the documented experiment. */
  public Payload sample(PayloadForm form, Trigger trigger, UUID id, Instant at) {
    return render(form, SampleEvent.of(trigger, id, at));
  }

  /**
   * Returns what an answer means to the service that it comes from; empty if that is not known.
   *
   * @param response the beginning of the answer's body
   */
  public Optional<Advice> advice(PayloadForm form, int status, String response) {
    return advice.of(renderer(form).answers(), status, response);
  }

  /**
   * Returns which other form the webhook may need, to be said after what its answer means; empty if
   * nothing suggests one.
   *
   * @param response the beginning of the answer's body
   */
  public Optional<Advice> otherForm(PayloadForm form, int status, String response) {
    return advice.otherFormat(renderer(form).answers(), status, response);
  }

  private PayloadRenderer renderer(PayloadForm form) {
    return switch (form.type()) {
      case DEFAULT -> version(form) == 1 ? documented : original;
      case CLOUDEVENTS -> cloudEvents;
      case SLACK, MSTEAMS, DISCORD -> chat(chats.get(form.type()), form);
    };
  }

  private int version(PayloadForm form) {
    return form.version() == 0 ? mastersVersion : form.version();
  }

  private PayloadRenderer chat(ChatFormat format, PayloadForm form) {
    return form.template().isEmpty()
        ? new ChatRenderer(format, messages)
        : new TemplateRenderer(format, messages, links, form.template());
  }
}
