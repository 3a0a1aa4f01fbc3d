package org.expmaster.host.receiver;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.temporal.ChronoUnit;

/** Prints every delivery and whether it is verified, and answers as told. */
public final class Receiver implements AutoCloseable {
  /** As many as there may be connections, so that those that stall keep no thread from others. */
  public static final int THREADS = 256;

  private static final int TOO_LARGE = 413;
  private static final String MARGIN = "    ";

  private final SignatureCheck check;
  private final Behaviour behaviour;
  private final PrintWriter out;
  private final Attempts attempts = new Attempts();
  private final LoopbackServer server;

  private Receiver(int port, SignatureCheck check, Behaviour behaviour, PrintWriter out)
      throws IOException {
    this.check = check;
    this.behaviour = behaviour;
    this.out = out;
    this.server = LoopbackServer.start(port, THREADS, this::handle);
  }

  /**
   * Starts to receive.
   *
   * @param port 0 for any free one
   * @param check without a key it verifies nothing, and every delivery is accepted
   */
  public static Receiver start(int port, SignatureCheck check, Behaviour behaviour, PrintWriter out)
      throws IOException {
    return new Receiver(port, check, behaviour, out);
  }

  /** Returns the URL of a webhook for it. Any other path will do as well. */
  public URI url() {
    return server.url("/hook");
  }

  private void handle(Incoming delivery, HttpExchange exchange)
      throws IOException, InterruptedException {
    int status = shown(delivery);
    new Answering(behaviour).answer(exchange, status);
  }

  /** Prints a delivery, and returns the status of the answer. */
  private int shown(Incoming delivery) {
    boolean accepted = !check.hasKeys() || check.accepts(delivery);
    synchronized (out) {
      Attempts.Counted counted = attempts.count(delivery.header(SignatureCheck.STANDARD_ID));
      int status = delivery.whole() ? behaviour.status(counted.request(), accepted) : TOO_LARGE;
      print(delivery, counted, behaviour.words(status));
      return status;
    }
  }

  private void print(Incoming delivery, Attempts.Counted counted, String answer) {
    DeliveryText text = new DeliveryText(delivery);
    out.printf(
        "#%d  %s  %s %s  %s%s%n",
        counted.request(),
        delivery.at().truncatedTo(ChronoUnit.MILLIS),
        delivery.method(),
        DeliveryText.printable(delivery.path()),
        text.event(),
        counted.attempt() > 1 ? ", attempt " + counted.attempt() + " of this event" : "");
    line(SignatureCheck.SIGNATURE + ": " + check.documented(delivery).words());
    line(SignatureCheck.STANDARD_SIGNATURE + ": " + check.standard(delivery).words());
    text.headers().forEach(this::line);
    // marked, so that no body can look like one of the other lines
    text.body().lines().forEach(line -> line("| " + line));
    if (!delivery.whole()) {
      line("more than " + Incoming.MOST_BYTES + " bytes; the rest is not read");
    }
    line(answer);
    out.println();
    out.flush();
  }

  private void line(String text) {
    out.println(MARGIN + text);
  }

  @Override
  public void close() {
    server.close();
  }
}
