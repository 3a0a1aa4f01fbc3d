package org.expmaster.webhook.payload;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.expmaster.webhook.advice.Advice;
import org.expmaster.webhook.registry.WebhookType;

/**
 * Finds what an answer means to the service that it comes from. A webhook with the wrong format is
 * told so by the answer's code, which belongs to another format's service.
 */
record ServiceAdvice(Map<WebhookType, ChatFormat> formats) {

  /**
   * @param own what is known of the services that take the webhook's format
   */
  Optional<Advice> of(List<KnownAnswers> own, int status, String response) {
    return first(own, known -> known.byCode(response))
        .or(() -> otherFormat(response))
        .or(() -> first(own, known -> known.byStatus(status)));
  }

  /** Hedged, since other services may have the same codes. */
  static Advice otherFormat(WebhookType type, String service) {
    return new Advice(
        "The answer looks as if it came from " + service + ", which takes another format.",
        "If the URL is for " + service + ", set this webhook's format to " + type.name() + ".");
  }

  private Optional<Advice> otherFormat(String response) {
    return formats.entrySet().stream()
        .flatMap(
            format ->
                format.getValue().answers().stream()
                    .filter(known -> known.byCode(response).isPresent())
                    .map(known -> otherFormat(format.getKey(), known.service())))
        .findFirst();
  }

  private static Optional<Advice> first(
      List<KnownAnswers> own, Function<KnownAnswers, Optional<Advice>> find) {
    return own.stream().map(find).flatMap(Optional::stream).findFirst();
  }
}
