package org.expmaster.host.it;

import static org.expmaster.host.it.PackagedPlugin.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver.Answer;
import org.expmaster.host.testing.WebhookReceiver.Received;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One trace leads from a state change to the receiver, through every attempt. */
final class TracingIT {
  @TempDir private Path directory;

  @Test
  void theTraceOfAStateChangeReachesTheReceiverAtEveryAttempt() throws Exception {
    Map<String, Object> config =
        Map.of("tracing", "log", "webhooks", Map.of("retry_schedule", List.of("10ms")));
    try (PackagedPlugin plugin = new PackagedPlugin(directory);
        MasterProcess master = plugin.start(config)) {
      plugin.receiver.answer(
          request -> Answer.status(plugin.receiver.received().size() == 1 ? 500 : 200));
      Api admin = master.admin();
      plugin.webhook(admin);
      admin.experiment("entrypoint: exit 0\n");

      List<Received> received = plugin.receiver.await(2, SOON);

      String[] first = received.get(0).header("traceparent").split("-");
      String[] second = received.get(1).header("traceparent").split("-");
      assertEquals(first[1], second[1], "one trace");
      assertNotEquals(first[2], second[2], "each attempt is a span");
      Wait.until(
          master::stderr, SOON, () -> master.stderr().contains("id=" + second[2] + " parent="));
      String log = master.stderr();
      String cause = log.split("id=" + second[2] + " parent=")[1].substring(0, 16);
      String change = "span experiment.state_change trace=" + first[1] + " id=" + cause;
      assertTrue(log.contains(change), log);
      assertTrue(log.contains("id=" + first[2] + " parent=" + cause), log);
      assertTrue(log.matches("(?s).*id=" + first[2] + " .* outcome=status_5xx.*"), log);
    }
  }
}
