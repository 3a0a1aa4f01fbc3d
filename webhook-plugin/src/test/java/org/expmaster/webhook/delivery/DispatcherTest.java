package org.expmaster.webhook.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.http.OutgoingRequest;
import org.expmaster.webhook.http.Sender;
import org.expmaster.webhook.http.SignedSender;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.signing.Signer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is thrown while sending, the place is given back and the listener is notified. */
final class DispatcherTest {
  private static final int PLACES = 4;

  private final List<Throwable> failed = new ArrayList<>();
  private final List<Outcome> ended = new ArrayList<>();
  private final Bulkheads bulkheads = new Bulkheads(PLACES, 10, System::nanoTime);
  private final FakeSender sender = new FakeSender();
  private Throwable thrown;
  private Step at;

  private enum Step {
    TARGET,
    SIGNER,
    SENDER,
    SENDER_THAT_HAS_BEGUN
  }

  private final Dispatcher dispatcher =
      new Dispatcher(
          this::target,
          new SignedSender(this::signer, new Throwing()),
          bulkheads,
          new Circuits(Duration.ofDays(5), Clock.systemUTC()),
          new Dispatcher.Listener() {
            @Override
            public void ended(ClaimedDelivery claim, Outcome outcome) {
              ended.add(outcome);
            }

            @Override
            public void failed(ClaimedDelivery claim, Throwable why) {
              failed.add(why);
            }
          });

  @ParameterizedTest
  @EnumSource
  void anErrorGivesThePlaceBack(Step step) {
    isGivenBack(step, new OutOfMemoryError("a test's"));
  }

  @ParameterizedTest
  @EnumSource
  void anExceptionGivesThePlaceBack(Step step) {
    isGivenBack(step, new IllegalStateException("a test's"));
  }

  private void isGivenBack(Step step, Throwable what) {
    at = step;
    thrown = what;
    for (int i = 0; i < 3 * PLACES; i++) {
      assertTrue(dispatcher.send(claim(), 2), "it does not stand by");
    }
    assertEquals(3 * PLACES, failed.size());
    assertEquals(List.of(), ended);
    assertEquals(PLACES, bulkheads.free(Lane.YOUNG));

    at = null;
    sender.take().forEach(sent -> sent.answer(200));
    assertEquals(List.of(), ended, "it has failed, and does not end again");
    assertEquals(PLACES, bulkheads.free(Lane.YOUNG), "nor is its place given back twice");

    dispatcher.send(claim(), 2);
    sender.take().get(0).answer(200);
    assertEquals(1, ended.size());
  }

  @Test
  void whatIsThrownWhereAPlaceIsHandedOnIsNoOneElses() {
    dispatcher.send(claim(), 1);
    assertFalse(dispatcher.send(claim(), 1));
    at = Step.SIGNER;
    thrown = new OutOfMemoryError("a test's");
    sender.take().get(0).answer(200);
    assertEquals(1, ended.size());
    assertEquals(List.of(thrown), failed);
    assertEquals(PLACES, bulkheads.free(Lane.YOUNG));
  }

  private Optional<Target> target(long webhookId) {
    maybeThrow(Step.TARGET);
    return Optional.of(
        new Target(webhookId, DeliveryFixture.receiver(URI.create("http://receiver.example/")), 2));
  }

  private Signer signer() {
    maybeThrow(Step.SIGNER);
    return new Signer(DeliveryFixture.KEYS, Clock.systemUTC());
  }

  private void maybeThrow(Step step) {
    if (at == step) {
      DispatcherTest.<RuntimeException>raise(thrown);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void raise(Throwable any) throws T {
    throw (T) any;
  }

  private static ClaimedDelivery claim() {
    return Claims.of(1, 7, "e", new byte[0]);
  }

  private final class Throwing implements Sender {
    @Override
    public UnderWay send(OutgoingRequest request, Consumer<Outcome> done) {
      maybeThrow(Step.SENDER);
      UnderWay underWay = sender.send(request, done);
      maybeThrow(Step.SENDER_THAT_HAS_BEGUN);
      return underWay;
    }

    @Override
    public void close() {}
  }
}
