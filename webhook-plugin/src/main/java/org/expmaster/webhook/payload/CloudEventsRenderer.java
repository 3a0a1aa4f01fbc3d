package org.expmaster.webhook.payload;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.MetricThreshold;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.event.WebhookEvent.TaskLogMatched;
import tools.jackson.databind.node.ObjectNode;

/** Type CloudEvents: version 1.0 of the specification, structured mode, in JSON. */
final class CloudEventsRenderer implements PayloadRenderer {
  private static final String TYPE_PREFIX = "org.expmaster.";

  private final String source;

  /**
   * @param base the URL at which users reach the master
   */
  CloudEventsRenderer(Optional<URI> base) {
    this.source = base.map(URI::toASCIIString).orElse("/expmaster");
  }

  @Override
  public ObjectNode render(WebhookEvent event) {
    ObjectNode document = Json.object();
    document.put("specversion", "1.0");
    document.put("id", event.id().toString());
    document.put("source", source);
    document.put("type", TYPE_PREFIX + event.type());
    document.put("time", event.at().toString());
    document.put("subject", event.accept(new Subject()));
    document.put("datacontenttype", "application/json");
    document.set("data", EventData.of(event));
    return document;
  }

  /** The CloudEvents subject: the resource that an event is about. */
  private static final class Subject implements WebhookEvent.Visitor<String> {
    @Override
    public String stateChanged(StateChanged event) {
      return of(event.experiment());
    }

    /** Names the task, since it may belong to no experiment. */
    @Override
    public String taskLogMatched(TaskLogMatched event) {
      return "tasks/" + event.line().task().id();
    }

    @Override
    public String customAlert(CustomAlert event) {
      return of(event.experiment());
    }

    @Override
    public String metricThreshold(MetricThreshold event) {
      return of(event.experiment());
    }

    private static String of(Experiment experiment) {
      return "experiments/" + experiment.id();
    }
  }

  @Override
  public ObjectNode test(UUID id, Instant at) {
    return render(TestEvent.of(id, at));
  }

  @Override
  public String contentType() {
    return "application/cloudevents+json";
  }
}
