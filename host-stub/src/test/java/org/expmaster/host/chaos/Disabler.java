package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.expmaster.host.chaos.MoodyReceivers.Arrival;
import org.expmaster.host.testing.Api;

/**
 * Disables a webhook at random moments, checks that it stays disabled and that nothing more
 * arrives, and enables it again.
 *
 * @param untold how long a master that has not been notified may go on signing requests
 */
record Disabler(
    Fleet fleet, MoodyReceivers receivers, int number, long webhook, Duration untold, Random dice) {
  /** How far the masters' clock, which is the database's, may be ahead of this machine's. */
  private static final Duration CLOCKS_APART = Duration.ofMillis(100);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final Duration LONGEST_ENABLED = Duration.ofMillis(1_500);

  /**
   * The results.
   *
   * @param latest how long after the answer to a disable the last request arrived
   * @param whileEnabled the requests that arrived while the webhook was enabled
   */
  record Tally(int disables, Duration latest, int whileEnabled) {
    Tally and(Tally other) {
      return new Tally(
          disables + other.disables,
          latest.compareTo(other.latest) > 0 ? latest : other.latest,
          whileEnabled + other.whileEnabled);
    }
  }

  Tally disable(int times) throws InterruptedException {
    Tally tally = new Tally(0, Duration.ZERO, 0);
    for (int i = 0; i < times; i++) {
      Instant enabled = Instant.now();
      Chaos.moment(dice, LONGEST_ENABLED);
      decide("disable");
      Instant answered = Instant.now();
      staysDisabled();
      List<Arrival> late = arrivals(answered, Instant.now());
      Instant lastSigned = answered.plus(untold).plus(CLOCKS_APART);
      assertEquals(
          List.of(),
          late.stream().filter(arrival -> arrival.signed().isAfter(lastSigned)).toList(),
          () -> "signed after the answer at " + answered + ", " + this);
      Duration latest =
          late.isEmpty()
              ? Duration.ZERO
              : Duration.between(answered, late.get(late.size() - 1).at());
      tally = tally.and(new Tally(1, latest, arrivals(enabled, answered).size()));
      decide("enable");
    }
    return tally;
  }

  /** Watches until even the latest answer to requests that were in flight has come. */
  private void staysDisabled() throws InterruptedException {
    long end =
        System.nanoTime()
            + MoodyReceivers.LATEST.toNanos()
            + dice.nextLong(TimeUnit.MILLISECONDS.toNanos(500));
    JsonNode disabled = health();
    while (System.nanoTime() - end < 0) {
      assertEquals("disabled by admin", disabled.get("reason").asText(), this::toString);
      TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
      assertEquals(disabled, health(), this::toString);
    }
  }

  MoodyReceivers.Receiver receiver() {
    return receivers.all().get(number);
  }

  private List<Arrival> arrivals(Instant after, Instant until) {
    return receiver().arrivals().stream()
        .filter(arrival -> arrival.at().isAfter(after) && !arrival.at().isAfter(until))
        .sorted(Comparator.comparing(Arrival::at))
        .toList();
  }

  private JsonNode health() {
    return anyone().get("/api/v1/webhooks/" + webhook).ok().at("/webhook/health");
  }

  void decide(String decision) {
    anyone().post("/api/v1/webhooks/" + webhook + "/" + decision, "").ok();
  }

  private Api anyone() {
    return fleet.admin(dice.nextInt(fleet.size()));
  }

  @Override
  public String toString() {
    return "webhook " + webhook + ", whose receiver " + receiver().mood();
  }
}
