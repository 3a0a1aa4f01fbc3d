package org.expmaster.webhook.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Removes the secret values of a webhook's headers from an answer: its receiver may echo them. */
final class Redaction {
  private static final String BASIC = "Basic ";

  /** What is shorter is no secret, and may stand in any text. */
  private static final int SHORTEST = 4;

  private Redaction() {}

  /**
   * Returns an outcome without them.
   *
   * @param values the values of the headers
   */
  static Outcome of(Outcome outcome, Collection<String> values) {
    if (values.isEmpty() || outcome.answer().flatMap(Outcome.Answered::response).isEmpty()) {
      return outcome;
    }
    Outcome.Answered answer = outcome.answer().get();
    return new Outcome.Answered(
        answer.status(),
        answer.retryAfter(),
        answer.redirect(),
        answer.response().map(text -> without(text, values)),
        answer.took());
  }

  private static String without(String text, Collection<String> values) {
    Set<String> secrets = new LinkedHashSet<>();
    for (String value : values) {
      secrets.add(value);
      secrets.add(value.substring(value.indexOf(' ') + 1)); // without a scheme such as Bearer
      if (value.startsWith(BASIC)) {
        addCredentials(secrets, value.substring(BASIC.length()));
      }
    }
    String redacted = text;
    for (String secret : secrets) {
      redacted = secret.length() < SHORTEST ? redacted : redacted.replace(secret, "***");
    }
    return redacted;
  }

  private static void addCredentials(Set<String> secrets, String base64) {
    try {
      String pair = new String(Base64.getDecoder().decode(base64), UTF_8);
      secrets.add(pair);
      secrets.add(pair.substring(pair.indexOf(':') + 1));
    } catch (IllegalArgumentException notBase64) {
      // somebody wrote the header by hand; its value as a whole is removed
    }
  }
}
