package org.expmaster.webhook.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.expmaster.webhook.telling.Log;

/**
 * The webhooks to which nothing could be sent for a reason that is the master's own: a key that
 * cannot sign, no memory. They are tried again at every poll. Confined to the delivery loop, but
 * for {@link #described}.
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

  /** Something has been sent to it. */
  void remove(long webhookId) {
    if (!reasons.isEmpty() && reasons.remove(webhookId) != null) {
      log.info("webhook {} can be sent to again", webhookId);
      describe();
    }
  }

  /** For all others nothing is due any more. */
  void retain(Set<Long> due) {
    if (!reasons.isEmpty() && reasons.keySet().retainAll(due)) {
      describe();
    }
  }

  /** In words, for people; empty if there is none. From any thread. */
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

  /** Without what an exception says, which may be a URL; what the JVM says is safe. */
  private static String reason(Throwable thrown) {
    StackTraceElement[] stack = thrown.getStackTrace();
    return (thrown instanceof VirtualMachineError ? thrown.toString() : thrown.getClass().getName())
        + (stack.length == 0 ? "" : " at " + stack[0]);
  }
}
