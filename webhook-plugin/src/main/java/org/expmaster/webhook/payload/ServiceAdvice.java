package org.expmaster.webhook.payload;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.expmaster.webhook.advice.Advice;
import org.expmaster.webhook.registry.WebhookType;

/**
 * Finds what an answer means to the service that it comes from, and guesses from its code that it
 * comes from the service of another format.
 */
record ServiceAdvice(Map<WebhookType, ChatFormat> formats) {

  /**
   * What services answer if they do not understand a message. Other statuses speak for themselves.
   */
  private static final Set<Integer> UNCLEAR = Set.of(400, 404, 422);

  /**
   * Returns what an answer means to the services that take the webhook's format.
   *
   * @param own what is known of these services
   */
  Optional<Advice> of(List<KnownAnswers> own, int status, String response) {
    return first(own, known -> known.byCode(status, response))
        .or(() -> first(own, known -> known.byStatus(status)));
  }

  /** Returns which other format the webhook may need; empty if nothing suggests one. */
  Optional<Advice> otherFormat(List<KnownAnswers> own, int status, String response) {
    boolean isKnown = first(own, known -> known.byCode(status, response)).isPresent();
    return isKnown || !UNCLEAR.contains(status) ? Optional.empty() : guess(status, response);
  }

  /** Hedged, since other services may have the same codes. */
  static Advice otherFormat(WebhookType type, String service) {
    return new Advice(
        "The answer could be that of " + service + ", which takes another format.",
        "If the URL is for " + service + ", set this webhook's format to " + type.name() + ".");
  }

  private Optional<Advice> guess(int status, String response) {
    return formats.entrySet().stream()
        .flatMap(
            format ->
                format.getValue().answers().stream()
                    .filter(known -> known.byCode(status, response).isPresent())
                    .map(known -> otherFormat(format.getKey(), known.service())))
        .findFirst();
  }

  private static Optional<Advice> first(
      List<KnownAnswers> own, Function<KnownAnswers, Optional<Advice>> find) {
    return own.stream().map(find).flatMap(Optional::stream).findFirst();
  }
}
