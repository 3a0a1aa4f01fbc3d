package org.expmaster.webhook.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.expmaster.webhook.telling.Log;

/**
 * Webhooks to which nothing could be sent because of the master itself: a key that cannot sign, no
 * memory. They are retried at every poll. Confined to the loop's thread, except {@link #described}.
 */
final class Troubles {
  private static final Log log = Log.of(Troubles.class);

  private final Map<Long, String> reasons = new LinkedHashMap<>();
  private volatile String described = "";

  void add(long webhookId, Throwable thrown) {
    String reason = reason(thrown);
    if (reasons.put(webhookId, reason) == null) {
      log.error(
          "nothing can be sent to webhook {}, which is tried again soon: {}", webhookId, reason);
    }
    describe();
  }

  /** Removes a webhook to which something has been sent. */
  void remove(long webhookId) {
    if (!reasons.isEmpty() && reasons.remove(webhookId) != null) {
      log.info("webhook {} can be sent to again", webhookId);
      describe();
    }
  }

  /** Removes all webhooks that have nothing due any more. */
  void retain(Set<Long> due) {
    if (!reasons.isEmpty() && reasons.keySet().retainAll(due)) {
      describe();
    }
  }

  /** Returns the troubles as text for people; empty if there are none. Thread-safe. */
  String described() {
    return described;
  }

  private void describe() {
    described =
        reasons.entrySet().stream()
            .findFirst()
            .map(
                first ->
                    "nothing can be sent to "
                        + (reasons.size() == 1
                            ? "webhook " + first.getKey()
                            : reasons.size() + " webhooks, webhook " + first.getKey() + " for one")
                        + ": "
                        + first.getValue())
            .orElse("");
  }

  /** Omits the message of an exception, which may hold a URL; those of JVM errors are safe. */
  private static String reason(Throwable thrown) {
    StackTraceElement[] stack = thrown.getStackTrace();
    return (thrown instanceof VirtualMachineError ? thrown.toString() : thrown.getClass().getName())
        + (stack.length == 0 ? "" : " at " + stack[0]);
  }
}
