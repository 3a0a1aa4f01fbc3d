package org.expmaster.webhook.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The outcome of one attempt. Only a 2xx status is a success. */
public sealed interface Outcome {
  /** Returns the time from the start of the attempt to its end. */
  Duration took();

  /** Returns whether the receiver has accepted the delivery. */
  default boolean succeeded() {
    return false;
  }

  /** Returns the receiver's response; empty if none came. */
  default Optional<Answered> answer() {
    return Optional.empty();
  }

  /** Returns whether it is unanswered for this reason. */
  default boolean is(Kind kind) {
    return false;
  }

  /** Returns whether it tells nothing about the receiver, neither good nor bad. */
  default boolean saysNothing() {
    return is(Kind.CUT_SHORT) || is(Kind.TOO_LARGE);
  }

  /** Names it for metrics, in one of a few short words. */
  String label();

  /** Describes it for people and logs, without the URL, the body or a key. */
  String describe();

  /**
   * The receiver responded.
   *
   * @param status the HTTP status
   * @param retryAfter the value of the Retry-After header, if any
   * @param redirect where its Location header, if any, points to, in the words of {@link Redirect}
   * @param response the beginning of the response body, if any
   */
  record Answered(
      int status,
      Optional<String> retryAfter,
      Optional<String> redirect,
      Optional<String> response,
      Duration took)
      implements Outcome {
    /** An answer that points nowhere else. */
    public Answered(
        int status, Optional<String> retryAfter, Optional<String> response, Duration took) {
      this(status, retryAfter, Optional.empty(), response, took);
    }

    public Answered {
      Objects.requireNonNull(redirect, "redirect");
      Objects.requireNonNull(retryAfter, "retryAfter");
      Objects.requireNonNull(response, "response");
      Objects.requireNonNull(took, "took");
    }

    @Override
    public Optional<Answered> answer() {
      return Optional.of(this);
    }

    @Override
    public String label() {
      return succeeded() ? "success" : "status_" + status / 100 + "xx";
    }

    @Override
    public boolean succeeded() {
      return status >= 200 && status <= 299;
    }

    @Override
    public String describe() {
      String answered = "the receiver answered " + status;
      return Redirect.is(status)
          ? answered
              + redirect.map(words -> ", which " + words).orElse("")
              + "; redirects are not followed"
          : answered;
    }
  }

  /** No response came. */
  record Unanswered(Kind kind, Duration took) implements Outcome {
    public Unanswered {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(took, "took");
    }

    @Override
    public String label() {
      return kind.name().toLowerCase(Locale.ROOT);
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

  /** Why no response came. */
  enum Kind {
    /** The name has no address. */
    UNKNOWN_HOST("the host's name could not be resolved"),
    /** The address guard refused the address; no connection was made. */
    REFUSED_ADDRESS(
        "the address is one that webhooks may not be sent to;"
            + " webhooks.allowed_networks lists exceptions"),
    /** The HTTP proxy could not be found or connected to. */
    PROXY_FAILED("no connection to the proxy could be made"),
    /** The host answered that nothing listens there. */
    CONNECT_REFUSED("the connection was refused"),
    /** The host did not answer at all. */
    CONNECT_TIMED_OUT("no connection could be made in time"),
    /** No connection could be established, for another reason. */
    CONNECT_FAILED("no connection could be made"),
    /** The certificate's time is over. */
    TLS_EXPIRED("the TLS certificate has expired"),
    /** The certificate's time has not begun. */
    TLS_NOT_YET_VALID("the TLS certificate is not valid yet"),
    /** No authority that Java trusts has signed the certificate. */
    TLS_UNTRUSTED("the TLS certificate is signed by no authority that the master's Java trusts"),
    /** The certificate is not for the URL's host. */
    TLS_OTHER_NAME("the TLS certificate is for another host name than the URL's"),
    /** The certificate is unacceptable for another reason. */
    TLS_BAD_CERTIFICATE("the TLS certificate was not accepted"),
    /** The URL says https, and the receiver answered without TLS. */
    TLS_NOT_SPOKEN("the receiver does not speak TLS on this port"),
    /** The URL says http, and the receiver answered with TLS. */
    TLS_EXPECTED("the receiver speaks TLS on this port, and the URL says http"),
    /** The TLS handshake took too long; nothing was sent. */
    TLS_TIMED_OUT("the TLS handshake did not finish in time"),
    /** The connection ended in the TLS handshake, without a reason; nothing was sent. */
    TLS_CLOSED("the connection was closed before the TLS handshake had finished"),
    /** The receiver's TLS says that it does not know the URL's host. */
    TLS_UNKNOWN_NAME("the receiver does not know the host name that the TLS handshake asked for"),
    /** The TLS handshake failed otherwise: over a protocol or cipher. */
    TLS_FAILED("the TLS handshake failed, for a reason other than the certificate"),
    /** The response took too long. */
    TIMED_OUT("no answer came in time"),
    /** The connection broke before a status arrived. */
    CONNECTION_LOST("the connection broke before an answer came"),
    /** The response was not valid HTTP, or exceeded a limit before its status. */
    PROTOCOL_ERROR("what came back was not a valid HTTP answer, or one whose head had no end"),
    /** The request was slow, and newer slow requests needed its place. */
    DISPLACED(
        "no answer came before newer slow requests needed its place;"
            + " webhooks.max_slow is how many may be under way"),
    /** The payload is larger than the maximum. */
    TOO_LARGE("the payload is larger than the 256 KiB that are sent at most"),
    /** The sender was shut down or failed, or the attempt was called back before it was sent. */
    CUT_SHORT("the attempt was cut short by a shutdown, or called back before it was sent");

    final String words;

    Kind(String words) {
      this.words = words;
    }
  }
}
