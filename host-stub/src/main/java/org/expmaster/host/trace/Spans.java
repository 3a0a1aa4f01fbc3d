package org.expmaster.host.trace;

import java.util.function.Supplier;

/** Runs what the master does within a span. */
@FunctionalInterface
public interface Spans {
  /** Traces nothing. */
  Spans NONE =
      new Spans() {
        @Override
        public <T> T within(String name, Supplier<T> work) {
          return work.get();
        }
      };

  /** Runs the work in a span of this name, which is current meanwhile. */
  <T> T within(String name, Supplier<T> work);
}
