package org.expmaster.plugin;

import java.util.Optional;

/**
 * The master's distributed tracing, in the terms of <a
 * href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>: a span is named by the value
 * of its {@code traceparent} header. A plugin needs no tracing library for it. Thread-safe.
 */
public interface Tracing {
  /** The tracing of a master that has none: no span is ever current, and none is begun. */
  Tracing NONE =
      new Tracing() {
        @Override
        public Optional<String> current() {
          return Optional.empty();
        }

        @Override
        public Span begin(String name, Optional<String> parent) {
          return Span.NONE;
        }
      };

  /**
   * Returns the span that is current on the calling thread, as in a call of a listener; empty if
   * there is none.
   */
  Optional<String> current();

  /**
   * Begins a span, which does not become current. Begins a trace if there is no parent.
   *
   * @param name what is done, one of a few names: never an id or a user's text
   * @param parent the span that caused it, perhaps long ago and on another master
   * @return the span, to be ended once
   */
  Span begin(String name, Optional<String> parent);

  /** A span that has begun. */
  interface Span {
    /** A span that nobody records. */
    Span NONE =
        new Span() {
          @Override
          public Optional<String> traceparent() {
            return Optional.empty();
          }

          @Override
          public void end(String outcome, boolean failed) {}
        };

    /** Returns the value of the header {@code traceparent} for what it calls; empty if none. */
    Optional<String> traceparent();

    /**
     * Ends the span, on any thread.
     *
     * @param outcome what came of it, one of a few words
     * @param failed whether that is a failure
     */
    void end(String outcome, boolean failed);
  }
}
