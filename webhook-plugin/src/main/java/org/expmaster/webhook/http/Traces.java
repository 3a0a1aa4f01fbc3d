package org.expmaster.webhook.http;

import java.util.Optional;
import org.expmaster.webhook.http.Outcome.Kind;

/** Begins a span for each attempt. Thread-safe; never throws. */
@FunctionalInterface
public interface Traces {
  /** Traces nothing. */
  Traces NONE = parent -> Trace.NONE;

  /**
   * Begins the span of an attempt.
   *
   * @param parent the span in which the event happened
   */
  Trace begin(Optional<String> parent);

  /** The span of an attempt. */
  interface Trace {
    /** The span of an attempt that nobody traces. */
    Trace NONE =
        new Trace() {
          @Override
          public Optional<String> traceparent() {
            return Optional.empty();
          }

          @Override
          public void end(String outcome, boolean failed) {}
        };

    /** Returns the header to send; empty if nobody traces. */
    Optional<String> traceparent();

    /** Ends it, with one of the labels of an outcome. */
    void end(String outcome, boolean failed);

    /** Ends it with an outcome. */
    default void end(Outcome outcome) {
      end(outcome.label(), !outcome.succeeded() && !outcome.is(Kind.CUT_SHORT));
    }
  }
}
