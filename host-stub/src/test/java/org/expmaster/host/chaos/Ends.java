package org.expmaster.host.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;

/** Ends of experiments, each of which is to be told to a receiver exactly once. */
final class Ends {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<Long> ended = new TreeSet<>();
  private final WebhookReceiver receiver;
  private final ChaosDatabase database;

  Ends(WebhookReceiver receiver, ChaosDatabase database) {
    this.receiver = receiver;
    this.database = database;
  }

  /** Lets some experiments complete, and one fail. */
  void happen(Api api, int completed) {
    awaitEnd(api, begin(api, completed, ""));
  }

  /** Starts experiments whose entrypoints begin with this. */
  Set<Long> begin(Api api, int completed, String entrypoint) {
    Set<Long> started = new HashSet<>();
    for (int i = 0; i < completed; i++) {
      started.add(api.experiment("entrypoint: " + entrypoint + "exit 0"));
    }
    started.add(api.experiment("entrypoint: " + entrypoint + "exit 1"));
    return started;
  }

  void awaitEnd(Api api, Set<Long> started) {
    Wait.until(
        "all have ended",
        SOON,
        () -> started.stream().map(api::experimentState).allMatch(Ends::isFinal));
    ended.addAll(started);
  }

  private static boolean isFinal(String state) {
    return Set.of("STATE_COMPLETED", "STATE_ERROR").contains(state);
  }

  /** Expects nothing to be told of what has ended so far. */
  void forget() {
    ended.clear();
  }

  void awaitTold() {
    Wait.until(
        () -> ended + " is owed, and told is " + eventIds().keySet(),
        SOON,
        () -> eventIds().keySet().containsAll(ended));
  }

  /** Returns the ids of the events received, by experiment. */
  private Map<Long, Set<String>> eventIds() {
    Map<Long, Set<String>> ids = new HashMap<>();
    for (WebhookReceiver.Received received : receiver.received()) {
      try {
        JsonNode event = JSON.readTree(received.body());
        ids.computeIfAbsent(event.at("/event_data/experiment/id").asLong(), none -> new HashSet<>())
            .add(event.get("event_id").asText());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ids;
  }

  /** Returns the events of the experiments that have not exactly one, sent and stored. */
  Map<Long, List<String>> toldNotOnce() {
    Map<Long, Set<String>> sent = eventIds();
    Map<Long, List<DatabaseView.Row>> stored = database.look().rowsByExperiment();
    Set<Long> all = new HashSet<>(ended);
    all.addAll(sent.keySet());
    all.addAll(stored.keySet());
    Map<Long, List<String>> wrong = new HashMap<>();
    for (long id : all) {
      Set<String> ids = sent.getOrDefault(id, Set.of());
      List<DatabaseView.Row> rows = stored.getOrDefault(id, List.of());
      if (!ended.contains(id) || ids.size() != 1 || rows.size() != 1) {
        wrong.put(id, List.of("sent " + ids, "stored " + rows));
      }
    }
    return wrong;
  }
}
