package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.http.OutgoingRequest;
import org.expmaster.webhook.http.Sender;

/** Keeps requests until the test decides how they end. */
final class FakeSender implements Sender {
  record Sent(OutgoingRequest request, Consumer<Outcome> done) {
    void answer(int status) {
      answer(status, Optional.empty());
    }

    void answer(int status, Optional<String> retryAfter) {
      done.accept(
          new Outcome.Answered(
              status, retryAfter, Optional.of("said " + status), Duration.ofMillis(3)));
    }

    void fail(Outcome.Kind kind) {
      done.accept(new Outcome.Unanswered(kind, Duration.ofMillis(3)));
    }

    String eventId() {
      return request.headers().get("webhook-id");
    }
  }

  private final List<Sent> underWay = new ArrayList<>();

  @Override
  public synchronized UnderWay send(OutgoingRequest request, Consumer<Outcome> done) {
    Sent sent = new Sent(request, once(done));
    underWay.add(sent);
    return sent::fail;
  }

  /** Lets only the first outcome of a request through. */
  static Consumer<Outcome> once(Consumer<Outcome> done) {
    AtomicBoolean ended = new AtomicBoolean();
    return outcome -> {
      if (ended.compareAndSet(false, true)) {
        done.accept(outcome);
      }
    };
  }

  /** Returns the requests since the last call. */
  synchronized List<Sent> take() {
    List<Sent> taken = List.copyOf(underWay);
    underWay.clear();
    return taken;
  }

  @Override
  public synchronized void close() {
    take().forEach(sent -> sent.fail(Outcome.Kind.CUT_SHORT));
  }
}
