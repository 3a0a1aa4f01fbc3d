package org.expmaster.webhook.signing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The master's signing keys at one moment. All of them sign the Standard Webhooks header, so that a
 * receiver that holds any of them can verify a delivery.
 *
 * @param current signs the documented headers as well
 * @param next will sign the documented headers; announced, so that receivers can add it first
 * @param previous signed the documented headers before; receivers may still hold only these
 */
public record SigningKeys(SigningKey current, Optional<Announced> next, List<SigningKey> previous) {

  /**
   * A key that receivers should add.
   *
   * @param signsFrom when it begins to sign the documented headers; empty if the operator decides
   */
  public record Announced(SigningKey key, Optional<Instant> signsFrom) {
    public Announced {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(signsFrom, "signsFrom");
    }
  }

  public SigningKeys {
    Objects.requireNonNull(current, "current");
    Objects.requireNonNull(next, "next");
    previous = List.copyOf(previous);
  }

  /** Returns keys without a rotation. */
  public static SigningKeys only(SigningKey current) {
    return new SigningKeys(current, Optional.empty(), List.of());
  }

  /** Returns all keys, each once, the current one first. */
  List<SigningKey> all() {
    List<SigningKey> all = new ArrayList<>();
    all.add(current);
    next.ifPresent(announced -> all.add(announced.key()));
    all.addAll(previous);
    return all.stream().distinct().toList();
  }
}
