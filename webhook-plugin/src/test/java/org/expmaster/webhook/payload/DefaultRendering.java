package org.expmaster.webhook.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.Ref;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.registry.PayloadForm;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Renders events for webhooks of the default type. */
final class DefaultRendering {
  static final ObjectMapper JSON = new ObjectMapper();
  static final UUID DOCUMENTED_ID = UUID.fromString("1ac7d0b2-a4af-458b-a099-2326240088f6");
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private DefaultRendering() {}

  static String text(WebhookEvent event) {
    return new String(render(event), UTF_8);
  }

  private static byte[] render(WebhookEvent event) {
    return new Payloads(1, Optional.empty()).render(PayloadForm.DEFAULT, event).body();
  }

  /** Returns what the rendered event says besides its id, type and time. */
  static JsonNode data(WebhookEvent event) throws IOException {
    return JSON.readTree(text(event)).path("event_data");
  }

  /** Returns an event seven seconds after the experiment's start. */
  static StateChanged event(Experiment experiment) {
    return new StateChanged(UUID.randomUUID(), START.plusSeconds(7), experiment);
  }

  static Experiment experiment(String name, ExperimentState state, Optional<Instant> end) {
    return new Experiment(
        1,
        name,
        state,
        new Ref(1, "admin"),
        START,
        end,
        "default",
        4,
        new Ref(1, "w"),
        new Ref(1, "p"),
        Map.of());
  }
}
