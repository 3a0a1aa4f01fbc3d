package org.expmaster.host.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers a request, or leaves it unanswered. */
record Answering(Behaviour behaviour) {
  /** What a body begins with that has no end. */
  private static final String BEGINNING = "the beginning of an answer\n";

  void answer(HttpExchange exchange, int status) throws IOException, InterruptedException {
    if (behaviour.end() == Behaviour.End.HANG) {
      waitForTheEnd();
    }
    TimeUnit.NANOSECONDS.sleep(behaviour.delay().toNanos());
    if (behaviour.end() != Behaviour.End.CLOSE) {
      answerWithBody(exchange, status);
    }
  }

  private void answerWithBody(HttpExchange exchange, int status)
      throws IOException, InterruptedException {
    behaviour.location().ifPresent(to -> exchange.getResponseHeaders().set("Location", "" + to));
    if (status >= 400) {
      behaviour
          .retryAfter()
          .ifPresent(after -> exchange.getResponseHeaders().set("Retry-After", "" + after));
    }
    boolean endless = behaviour.end() == Behaviour.End.NO_BODY_END;
    byte[] body = (endless ? BEGINNING + behaviour.body() : behaviour.body()).getBytes(UTF_8);
    // 0 means chunks, -1 no body at all
    exchange.sendResponseHeaders(status, endless ? 0 : body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().flush();
    if (endless) {
      waitForTheEnd();
    }
  }

  /** Waits until the receiver is closed. */
  private static void waitForTheEnd() throws InterruptedException {
    new CountDownLatch(1).await();
  }
}
