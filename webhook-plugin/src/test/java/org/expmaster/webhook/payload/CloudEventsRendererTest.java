package org.expmaster.webhook.payload;

import static org.expmaster.webhook.registry.WebhookType.CLOUDEVENTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonCloudEventData;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.registry.PayloadForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Checks that the specification's own library reads the CloudEvents. */
class CloudEventsRendererTest {
  private static final PayloadForm FORM = new PayloadForm(CLOUDEVENTS, 0, "");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyAttributeIsTheEventsOwnAndTheDataIsVersionOnes() throws Exception {
    WebhookEvent event =
        Events.stateChanged(Events.experiment("größe 🎉", ExperimentState.COMPLETED));
    CloudEvent read = read(ChatFixture.LINKED.render(FORM, event));
    assertEquals(SpecVersion.V1, read.getSpecVersion());
    assertEquals(event.id().toString(), read.getId());
    assertEquals(URI.create("https://det.example/master"), read.getSource());
    assertEquals("org.expmaster.experiment_completed", read.getType());
    assertEquals(Events.NOON, read.getTime().toInstant());
    assertEquals("experiments/7", read.getSubject());
    assertEquals("application/json", read.getDataContentType());
    Payload documented = ChatFixture.PLAIN.render(PayloadForm.DEFAULT, event);
    assertEquals(JSON.readTree(documented.body()).path("event_data"), data(read));
  }

  @Test
  void withoutABaseUrlTheSourceIsTheMasterAllTheSame() {
    WebhookEvent event = Events.stateChanged(Events.experiment("n", ExperimentState.ERROR));
    assertEquals(URI.create("/expmaster"), read(ChatFixture.PLAIN.render(FORM, event)).getSource());
  }

  @ParameterizedTest
  @CsvSource({"true, tasks/7.3", "false, tasks/7.3"})
  void aLogIsATasks(boolean ofAnExperiment, String subject) {
    Optional<WebhookEvent> log =
        Optional.of(
            Events.taskLog(
                Optional.of(Events.experiment("n", ExperimentState.RUNNING))
                    .filter(experiment -> ofAnExperiment),
                "x",
                "x"));
    CloudEvent read = read(ChatFixture.PLAIN.render(FORM, log.get()));
    assertEquals(subject, read.getSubject());
    assertEquals("org.expmaster.task_log", read.getType());
  }

  @Test
  void theTestIsTheDocumentedEvent() throws Exception {
    CloudEvent read = read(ChatFixture.PLAIN.test(FORM, UUID.randomUUID(), Events.NOON));
    assertEquals(
        JSON.readTree(getClass().getResourceAsStream("/contract/experiment-completed.json"))
            .path("event_data"),
        data(read));
  }

  @Test
  void whateverThereIsInItsTextsItIsRead() {
    Hostile.events()
        .forEach(
            event -> {
              Payload payload = ChatFixture.PLAIN.render(FORM, event);
              assertEquals("application/cloudevents+json", payload.contentType());
              assertEquals(event.id().toString(), read(payload).getId());
            });
  }

  private static CloudEvent read(Payload payload) {
    return EventFormatProvider.getInstance()
        .resolveFormat(payload.contentType())
        .deserialize(payload.body());
  }

  /** The library reads with another version of Jackson, whose nodes equal none of ours. */
  private static JsonNode data(CloudEvent event) {
    return JSON.readTree(assertInstanceOf(JsonCloudEventData.class, event.getData()).toBytes());
  }
}
