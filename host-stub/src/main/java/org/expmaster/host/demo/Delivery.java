package org.expmaster.host.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;

/** A delivery, as the demo's receiver reads it. */
record Delivery(
    String eventType, long experimentId, String state, boolean verified, Instant receivedAt) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Delivery of(byte[] body, boolean verified, Instant receivedAt) throws IOException {
    JsonNode event = JSON.readTree(body);
    JsonNode experiment = event.at("/event_data/experiment");
    return new Delivery(
        event.path("event_type").asText(),
        experiment.path("id").asLong(),
        experiment.path("state").asText(),
        verified,
        receivedAt);
  }
}
