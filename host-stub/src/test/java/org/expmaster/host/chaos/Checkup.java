package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Vitals;
import org.expmaster.host.testing.Wait;

/** The resources that healthy masters hold, for comparison with those that they hold later. */
final class Checkup {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** The tests' own HTTP connections, kept open for another request. */
  private static final int VISITORS = 8;

  private final Fleet fleet;
  private final ChaosDatabase database;
  private final List<Vitals> before;
  private final int connections;

  private Checkup(Fleet fleet, ChaosDatabase database) {
    this.fleet = fleet;
    this.database = database;
    this.before = vitals(fleet);
    this.connections = database.connections();
  }

  /** Measures masters after one of them has sent a delivery, so that all threads exist. */
  static Checkup of(Fleet fleet, ChaosDatabase database, Receipts receipts) {
    Api admin = fleet.admin(0);
    String webhook = "/api/v1/webhooks/" + Receipts.subscribe(admin, receipts.url("/checkup"));
    admin.post(webhook + "/test", "").ok();
    admin.delete(webhook).ok();
    return new Checkup(fleet, database);
  }

  /**
   * Asserts that the masters are healthy and hold no more than before. Call it when their peers
   * have gone: connections to those are kept for a while.
   */
  void holdsAgain() {
    for (int i = 0; i < fleet.size(); i++) {
      assertTrue(isWell(fleet.admin(i)), "master " + (i + 1));
    }
    Wait.until(this::difference, SOON, () -> difference().isEmpty());
  }

  /** Returns whether all plugins have started and all executors are running. */
  static boolean isWell(Api admin) {
    return states(admin, "plugins").equals(Set.of("STARTED"))
        && states(admin, "executors").equals(Set.of("RUNNING"));
  }

  static boolean areWell(Fleet fleet) {
    for (int i = 0; i < fleet.size(); i++) {
      if (!isWell(fleet.admin(i))) {
        return false;
      }
    }
    return true;
  }

  private static Set<String> states(Api admin, String what) {
    JsonNode answer = admin.get("/api/v1/master/" + what).json();
    return answer == null ? Set.of() : Set.copyOf(answer.findValuesAsText("state"));
  }

  /** Describes what the masters hold more of than before; empty if nothing. */
  private String difference() {
    StringBuilder more = new StringBuilder();
    Map<String, Long> threads = threads(before);
    int sockets = before.stream().mapToInt(Vitals::sockets).max().orElse(0) + VISITORS;
    for (Vitals now : vitals(fleet)) {
      now.threads("webhooks-")
          .forEach(
              (name, count) -> {
                if (count > threads.getOrDefault(name, 0L)) {
                  more.append(count).append(" threads ").append(name).append("; ");
                }
              });
      if (now.sockets() > sockets) {
        more.append(now.sockets()).append(" sockets, not ").append(sockets).append("; ");
      }
    }
    int now = database.connections();
    if (now != connections) {
      more.append(now).append(" database connections, not ").append(connections);
    }
    return more.toString();
  }

  private static Map<String, Long> threads(List<Vitals> all) {
    Map<String, Long> most = new TreeMap<>();
    all.forEach(one -> one.threads("webhooks-").forEach((k, v) -> most.merge(k, v, Math::max)));
    return most;
  }

  private static List<Vitals> vitals(Fleet fleet) {
    return fleet.members().stream().map(member -> Vitals.of(member.process().pid())).toList();
  }
}
