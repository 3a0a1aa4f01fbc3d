package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.expmaster.host.testing.Api;

/**
 * Disables a webhook at random moments, checks that it stays disabled and that nothing more
 * arrives, and enables it again.
 *
 * @param untold how long a master that has not been notified may go on sending
 */
record Disabler(
    Fleet fleet, MoodyReceivers receivers, int number, long webhook, Duration untold, Random dice) {
  /** The time a request takes on a busy machine, in addition to the measured lag. */
  private static final Duration ON_THE_WIRE = Duration.ofMillis(200);

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
      long enabled = System.nanoTime();
      Chaos.moment(dice, LONGEST_ENABLED);
      decide("disable");
      long answered = System.nanoTime();
      staysDisabled();
      long until = System.nanoTime();
      Duration bound = untold.plus(ON_THE_WIRE).plus(receivers.lagSince(answered));
      List<Long> late = arrivals(answered, until);
      assertEquals(
          List.of(),
          late.stream()
              .map(at -> at - answered)
              .filter(after -> after > bound.toNanos())
              .map(TimeUnit.NANOSECONDS::toMillis)
              .toList(),
          () -> "milliseconds after the answer, " + this);
      Duration latest = Duration.ofNanos(late.isEmpty() ? 0 : late.get(late.size() - 1) - answered);
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

  private List<Long> arrivals(long after, long until) {
    return receiver().arrivals().stream()
        .filter(at -> at - after > 0 && at - until <= 0)
        .sorted((a, b) -> Long.signum(a - b))
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
