package org.expmaster.webhook.payload;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.expmaster.webhook.advice.Advice;

/** The answers in which a service says what is wrong, and what they mean. Immutable once built. */
final class KnownAnswers {
  private final String service;
  private final Function<String, Optional<String>> code;
  private final Map<String, Advice> byCode = new LinkedHashMap<>();
  private final Set<String> losses = new HashSet<>();
  private final Map<Integer, Advice> byStatus = new LinkedHashMap<>();

  /**
   * @param service the service's name
   * @param code finds what may be the service's own code in the beginning of an answer's body
   */
  KnownAnswers(String service, Function<String, Optional<String>> code) {
    this.service = service;
    this.code = code;
  }

  /** Adds what a code means in a refusal. Beside a status of success, it means nothing. */
  KnownAnswers code(String known, String meaning, String remedy) {
    byCode.put(known, new Advice(meaning, remedy));
    return this;
  }

  /** Adds what a code means beside a status of success, which nevertheless lost the message. */
  KnownAnswers loss(String known, String meaning, String remedy) {
    losses.add(known);
    return code(known, meaning, remedy);
  }

  /** Adds what a status means if the answer has no known code. */
  KnownAnswers status(int status, String meaning, String remedy) {
    byStatus.put(status, new Advice(meaning, remedy));
    return this;
  }

  String service() {
    return service;
  }

  /** Returns the advice for the code in an answer; empty if it has none that is known. */
  Optional<Advice> byCode(int status, String response) {
    boolean succeeded = status >= 200 && status <= 299;
    return code.apply(response)
        .filter(found -> losses.contains(found) == succeeded)
        .map(byCode::get);
  }

  Optional<Advice> byStatus(int status) {
    return Optional.ofNullable(byStatus.get(status));
  }

  /** Returns all, by what is seen. */
  Map<String, Advice> all() {
    Map<String, Advice> all = new LinkedHashMap<>(byCode);
    byStatus.forEach((status, advice) -> all.put("status " + status, advice));
    return all;
  }
}
