package org.expmaster.webhook.match;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.expmaster.webhook.registry.Webhook;

/**
 * The webhook settings in an experiment's config: {@code integrations.webhooks} with {@code
 * exclude}, {@code webhook_id} and {@code webhook_name}.
 *
 * <p>Users write configs freely. A malformed setting counts as absent, so that no state change
 * fails because of it.
 */
record ExperimentSubscription(boolean excluded, Set<?> ids, Set<?> names) {

  static ExperimentSubscription of(Map<String, Object> config) {
    Map<?, ?> webhooks = mapping(mapping(config.get("integrations")).get("webhooks"));
    return new ExperimentSubscription(
        Boolean.TRUE.equals(webhooks.get("exclude")),
        list(webhooks.get("webhook_id")).stream()
            .filter(ExperimentSubscription::isWhole)
            .map(id -> ((Number) id).longValue())
            .collect(Collectors.toSet()),
        new HashSet<>(list(webhooks.get("webhook_name"))));
  }

  boolean names(Webhook webhook) {
    return ids.contains(webhook.id())
        || (!webhook.name().isEmpty() && names.contains(webhook.name()));
  }

  /** Rejects 7.5 and integers beyond 64 bits: truncated, they could be the id of some webhook. */
  private static boolean isWhole(Object id) {
    return id instanceof Integer || id instanceof Long;
  }

  private static Map<?, ?> mapping(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
