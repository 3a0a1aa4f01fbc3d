package org.expmaster.webhook.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Finds webhooks whose deliveries are due for long, and to which nothing is sent although their
 * receivers answer. A receiver that is slow, or works off what came while it was down, is not the
 * plugin's fault: requests to it are in flight, or the oldest delivery gets younger. Confined to
 * one thread.
 */
final class Lag {
  /** How long a delivery may be due before its webhook is watched. */
  static final Duration LONG = Duration.ofMinutes(5);

  /** How long a watched webhook may make no progress. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  /** How many webhooks are asked about at each look. */
  private static final int ASKED = 20;

  private final Map<Long, Best> watched = new HashMap<>();

  /** The least time for which a webhook's oldest delivery was due, and when that was seen. */
  private record Best(Duration due, Instant at) {}

  /**
   * Looks once.
   *
   * @param dueSince since when the oldest due delivery of each webhook that is well is due
   * @param isUnderWay whether a request to a webhook is in flight, on any master
   * @return the problem in words; empty if there is none
   */
  Optional<String> look(Map<Long, Instant> dueSince, LongPredicate isUnderWay, Instant now) {
    watched
        .keySet()
        .removeIf(
            id -> !dueSince.containsKey(id) || !isLong(Duration.between(dueSince.get(id), now)));
    dueSince.forEach((id, since) -> watch(id, Duration.between(since, now), now));
    List<Long> stuck =
        watched.entrySet().stream()
            .filter(entry -> !entry.getValue().at().plus(PATIENCE).isAfter(now))
            .map(Map.Entry::getKey)
            .sorted()
            .limit(ASKED)
            .filter(id -> !hasProgress(id, isUnderWay, now))
            .toList();
    return stuck.isEmpty() ? Optional.empty() : Optional.of(words(stuck, dueSince, now));
  }

  private void watch(long webhookId, Duration due, Instant now) {
    Best best = watched.get(webhookId);
    if (isLong(due) && (best == null || due.compareTo(best.due()) < 0)) {
      watched.put(webhookId, new Best(due, now));
    }
  }

  private boolean hasProgress(long webhookId, LongPredicate isUnderWay, Instant now) {
    boolean has = isUnderWay.test(webhookId);
    if (has) {
      watched.computeIfPresent(webhookId, (id, best) -> new Best(best.due(), now));
    }
    return has;
  }

  private static boolean isLong(Duration due) {
    return due.compareTo(LONG) > 0;
  }

  private static String words(List<Long> stuck, Map<Long, Instant> dueSince, Instant now) {
    long first = stuck.get(0);
    String others = stuck.size() == 1 ? "" : " and " + (stuck.size() - 1) + " or more others";
    return "nothing is sent to webhook %d%s, although it is well and its oldest delivery has been due for %d minutes"
        .formatted(first, others, Duration.between(dueSince.get(first), now).toMinutes());
  }
}
