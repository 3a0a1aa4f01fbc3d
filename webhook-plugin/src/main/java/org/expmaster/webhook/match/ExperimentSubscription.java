package org.expmaster.webhook.match;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.expmaster.webhook.registry.Webhook;

/**
 * The webhook settings in an experiment's config: {@code integrations.webhooks} with {@code
 * exclude}, {@code webhook_id} and {@code webhook_name}.
 *
 * <p>Users write configs freely, and no state change may fail because of one. What can be
 * understood is taken as it is meant: a single value as a list of one, digits as an id, {@code
 * "true"} as true. The rest counts as absent, and is a problem to report.
 *
 * @param problems what could not be understood, in words
 */
record ExperimentSubscription(
    boolean excluded, Set<Long> ids, Set<String> names, List<String> problems) {
  private static final int MOST_PROBLEMS = 10;
  private static final String PATH = "integrations.webhooks";
  private static final List<String> KEYS = List.of("exclude", "webhook_id", "webhook_name");
  private static final Pattern NAME = Pattern.compile("\\w{1,50}");
  private static final Pattern ID = Pattern.compile("\\d{1,18}");

  ExperimentSubscription {
    ids = Set.copyOf(ids);
    names = Set.copyOf(names);
    problems = List.copyOf(problems);
  }

  static ExperimentSubscription of(Map<String, Object> config) {
    return new Reader().read(config);
  }

  boolean names(Webhook webhook) {
    return ids.contains(webhook.id())
        || (!webhook.name().isEmpty() && names.contains(webhook.name()));
  }

  private static final class Reader {
    private final Set<String> problems = new LinkedHashSet<>();

    ExperimentSubscription read(Map<String, Object> config) {
      Map<?, ?> integrations = mapping("integrations", config.get("integrations"));
      Map<?, ?> webhooks = mapping(PATH, integrations.get("webhooks"));
      for (Object key : webhooks.keySet()) {
        if (!(key instanceof String name && KEYS.contains(name))) {
          // only what looks like a name is repeated: the text is the user's, and this is logged
          String shown = NAME.matcher(String.valueOf(key)).matches() ? "." + key : "";
          problems.add(PATH + shown + " is not one of " + String.join(", ", KEYS));
        }
      }
      Set<Long> ids = new HashSet<>();
      list(webhooks.get("webhook_id")).forEach(id -> addId(ids, id));
      Set<String> names = new HashSet<>();
      list(webhooks.get("webhook_name")).forEach(name -> addName(names, name));
      return new ExperimentSubscription(
          exclude(webhooks.get("exclude")), ids, names, first(problems));
    }

    /** A config may be long: what is logged is not. */
    private static List<String> first(Set<String> problems) {
      return problems.stream().limit(MOST_PROBLEMS).toList();
    }

    private boolean exclude(Object value) {
      String text = value == null ? "false" : value.toString().strip();
      if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
        problems.add(PATH + ".exclude is neither true nor false");
      }
      return text.equalsIgnoreCase("true");
    }

    /** Rejects 7.5 and integers beyond 64 bits: truncated, they could be the id of some webhook. */
    private void addId(Set<Long> ids, Object id) {
      if (id instanceof Integer || id instanceof Long) {
        ids.add(((Number) id).longValue());
      } else if (id instanceof String text && ID.matcher(text.strip()).matches()) {
        ids.add(Long.parseLong(text.strip()));
      } else {
        problems.add(PATH + ".webhook_id holds what is not a whole number");
      }
    }

    private void addName(Set<String> names, Object name) {
      if (name == null || name instanceof Map || name instanceof List) {
        problems.add(PATH + ".webhook_name holds what is not a name");
      } else {
        names.add(name.toString());
      }
    }

    private Map<?, ?> mapping(String path, Object value) {
      if (value instanceof Map<?, ?> map) {
        return map;
      }
      if (value != null) {
        problems.add(path + " is not a mapping");
      }
      return Map.of();
    }

    private static List<?> list(Object value) {
      return value == null ? List.of() : value instanceof List<?> list ? list : List.of(value);
    }
  }
}
