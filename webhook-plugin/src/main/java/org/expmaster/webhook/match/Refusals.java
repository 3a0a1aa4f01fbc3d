package org.expmaster.webhook.match;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.expmaster.webhook.registry.RegistrySnapshot;

/**
 * Which triggers fired for nobody, since their webhook does not want to hear of the experiment: a
 * log that goes on matching them must not ask for the experiment at every line. Forgotten soon, for
 * an experiment may be moved, and at once when anyone edits a webhook.
 */
public final class Refusals {
  private static final Duration AGE = Duration.ofSeconds(10);
  private static final int MOST = 20_000;

  private final Supplier<RegistrySnapshot> registry;
  private final Clock clock;
  private volatile Noted noted;

  /**
   * @param registry gives the webhooks as they are now
   * @param clock tells when to forget
   */
  public Refusals(Supplier<RegistrySnapshot> registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    this.noted = fresh();
  }

  private record Refusal(long triggerId, String subject) {}

  private record Noted(RegistrySnapshot of, Instant since, Set<Refusal> refusals) {}

  private Noted fresh() {
    return new Noted(registry.get(), clock.instant(), ConcurrentHashMap.newKeySet());
  }

  /** Whether it has been refused of late. */
  public boolean has(long triggerId, String subject) {
    Noted now = noted;
    return !now.refusals().isEmpty()
        && isValid(now)
        && now.refusals().contains(new Refusal(triggerId, subject));
  }

  /** It has been refused. */
  public void note(Candidate candidate) {
    Noted now = noted;
    if (!isValid(now) || now.refusals().size() >= MOST) {
      now = fresh();
      noted = now;
    }
    now.refusals().add(new Refusal(candidate.triggerId(), candidate.subject()));
  }

  private boolean isValid(Noted now) {
    Duration age = Duration.between(now.since(), clock.instant());
    return now.of() == registry.get() && !age.isNegative() && age.compareTo(AGE) < 0;
  }
}
