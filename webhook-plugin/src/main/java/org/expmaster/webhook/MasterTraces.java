package org.expmaster.webhook;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.expmaster.plugin.Tracing;
import org.expmaster.webhook.http.Traces;
import org.expmaster.webhook.telling.Telling;

/** The master's tracing as the delivery uses it: nothing depends on it, whatever it throws. */
final class MasterTraces implements Traces {
  private static final String ATTEMPT = "webhook.attempt";

  /** Version 00 of W3C Trace Context, and the beginnings of later ones. */
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private final Tracing tracing;
  private final Telling telling = new Telling();

  MasterTraces(Tracing tracing) {
    this.tracing = tracing;
  }

  /** Returns the span that is current on this thread. */
  Optional<String> current() {
    return valid(tracing::current);
  }

  @Override
  public Trace begin(Optional<String> parent) {
    try {
      return new Attempt(tracing.begin(ATTEMPT, parent));
    } catch (RuntimeException | Error untraceable) {
      return Trace.NONE;
    }
  }

  private final class Attempt implements Trace {
    private final Tracing.Span span;

    Attempt(Tracing.Span span) {
      this.span = span;
    }

    @Override
    public Optional<String> traceparent() {
      return valid(span::traceparent);
    }

    @Override
    public void end(String outcome, boolean failed) {
      telling.tell(() -> span.end(outcome, failed));
    }
  }

  private static Optional<String> valid(Supplier<Optional<String>> traceparent) {
    try {
      return traceparent.get().filter(text -> TRACEPARENT.matcher(text).matches());
    } catch (RuntimeException | Error untraceable) {
      return Optional.empty();
    }
  }
}
