package org.expmaster.webhook.http;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** How one attempt ended. Only 2xx is success; nothing else may be taken for it. */
public sealed interface Outcome {

  /** From the start of the attempt to its end. */
  Duration took();

  /** Whether the receiver has the delivery. */
  default boolean succeeded() {
    return false;
  }

  /** What the receiver answered; empty if no answer came. */
  default Optional<Answered> answer() {
    return Optional.empty();
  }

  /** Whether no answer came for this reason. */
  default boolean is(Kind kind) {
    return false;
  }

  /** Whether it says nothing about the receiver, neither good nor bad. */
  default boolean saysNothing() {
    return is(Kind.CUT_SHORT) || is(Kind.TOO_LARGE);
  }

  /** What happened, for people and logs; never the URL, the body or a key. */
  String describe();

  /**
   * The receiver answered.
   *
   * @param status the HTTP status
   * @param retryAfter the value of its Retry-After header
   * @param response the beginning of the answer's body
   */
  record Answered(int status, Optional<String> retryAfter, Optional<String> response, Duration took)
      implements Outcome {
    public Answered {
      Objects.requireNonNull(retryAfter, "retryAfter");
      Objects.requireNonNull(response, "response");
      Objects.requireNonNull(took, "took");
    }

    @Override
    public Optional<Answered> answer() {
      return Optional.of(this);
    }

    @Override
    public boolean succeeded() {
      return status >= 200 && status <= 299;
    }

    @Override
    public String describe() {
      return "the receiver answered " + status;
    }
  }

  /** No answer came. */
  record Unanswered(Kind kind, Duration took) implements Outcome {
    public Unanswered {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(took, "took");
    }

    @Override
    public boolean is(Kind asked) {
      return kind == asked;
    }

    @Override
    public String describe() {
      return kind.words;
    }
  }

  /** Why no answer came. */
  enum Kind {
    /** The name has no address. */
    UNKNOWN_HOST("the host's name could not be resolved"),
    /** The address guard refused; no connection was made. */
    REFUSED_ADDRESS(
        "the address is one that webhooks may not be sent to;"
            + " webhooks.allowed_networks lists exceptions"),
    /** Nobody accepts connections there. */
    CONNECT_FAILED("no connection could be made"),
    /** The TLS handshake failed: certificate, name or protocol. */
    TLS_FAILED("the TLS handshake failed (certificate, host name or protocol)"),
    /** Connecting or answering took too long. */
    TIMED_OUT("no answer came in time"),
    /** The connection broke before there was a status. */
    CONNECTION_LOST("the connection broke before an answer came"),
    /** What came back was not HTTP, or too much of it without a status. */
    PROTOCOL_ERROR("what came back was not a valid HTTP answer, or one whose head had no end"),
    /** It was slow, and so many others were that newer ones needed its place. */
    DISPLACED(
        "no answer came before newer slow requests needed its place;"
            + " webhooks.max_slow is how many may be under way"),
    /** There is more to send than is ever sent. */
    TOO_LARGE("the payload is larger than the 256 KiB that are sent at most"),
    /** The sender was shut down, or somebody decided something before a byte was sent. */
    CUT_SHORT("the attempt was cut short by a shutdown, or called back before it was sent");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }
}
