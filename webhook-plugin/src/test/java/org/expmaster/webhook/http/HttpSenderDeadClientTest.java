package org.expmaster.webhook.http;

import static org.expmaster.webhook.http.FaultySender.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.expmaster.webhook.egress.Destination;
import org.expmaster.webhook.egress.Host;
import org.expmaster.webhook.testing.RawServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An HTTP client whose I/O thread has died is replaced. */
@Execution(ExecutionMode.CONCURRENT)
final class HttpSenderDeadClientTest {
  private final FaultySender faulty = new FaultySender();
  private final FaultyClients clients = faulty.clients;
  private final RawServer receiver = faulty.receiver;
  private final RawServer silent = faulty.silent;

  static Stream<Throwable> faults() {
    return FaultySender.faults();
  }

  @AfterEach
  void close() {
    faulty.close();
  }

  @Test
  void aClientWhoseThreadDiedIsReplacedThoughNobodySends() throws Exception {
    BlockingQueue<Outcome> underWay = faulty.begin(silent.url("/"), null);
    killTheClient();
    await(() -> clients.made.size() == 2);
    assertTrue(Attempts.next(underWay) instanceof Outcome.Unanswered);
    faulty.assertGoesOnAndSays("OutOfMemoryError");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aClientThatCannotBeReplacedNowIsReplacedLater(Throwable fault) throws Exception {
    clients.thrownByMaking = fault;
    killTheClient();
    await(
        () -> faulty.sender.problem().filter(said -> said.contains("is tried again")).isPresent());
    Outcome meanwhile = faulty.send(receiver.url("/"));
    assertTrue(meanwhile instanceof Outcome.Unanswered);

    clients.thrownByMaking = null;
    await(() -> clients.made.size() == 2);
    faulty.assertGoesOnAndSays("");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aDeadClientThatCannotEvenBeClosedIsReplaced(Throwable fault) throws Exception {
    clients.made.get(0).thrownByClosing = fault;
    killTheClient();
    await(() -> clients.made.size() == 2);
    faulty.assertGoesOnAndSays("");
  }

  /** Throws an Error on the first client's I/O thread, where the sender cannot catch it. */
  private void killTheClient() {
    // so that the client may connect to it, as if for an attempt of the sender
    faulty.sender.pins.hold(pinned());
    clients
        .made
        .get(0)
        .real()
        .execute(
            AsyncRequestBuilder.post("http://pinned.example:" + receiver.port() + "/").build(),
            new ReplyConsumer(URI.create("http://a.example/"), () -> Duration.ZERO),
            new FutureCallback<Outcome.Answered>() {
              @Override
              public void completed(Outcome.Answered answer) {
                faulty.sender.pins.release(pinned());
                throw new OutOfMemoryError("made up by a test");
              }

              @Override
              public void failed(Exception cause) {}

              @Override
              public void cancelled() {}
            });
  }

  private Destination.Allowed pinned() {
    return (Destination.Allowed)
        faulty.destinations.find(Host.parse("pinned.example").orElseThrow()).join();
  }
}
