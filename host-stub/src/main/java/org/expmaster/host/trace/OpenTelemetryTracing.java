package org.expmaster.host.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.expmaster.plugin.Tracing;

/** Tracing by OpenTelemetry's SDK, whose spans are written to the log. */
public final class OpenTelemetryTracing implements Tracing, Spans, AutoCloseable {
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
  private static final String TRACEPARENT = "traceparent";

  private static final TextMapGetter<Map<String, String>> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
          return carrier.keySet();
        }

        @Override
        public String get(Map<String, String> carrier, String key) {
          return carrier == null ? null : carrier.get(key);
        }
      };

  private final SdkTracerProvider provider =
      SdkTracerProvider.builder()
          .addSpanProcessor(SimpleSpanProcessor.create(new LoggedSpans()))
          .build();
  private final Tracer tracer = provider.get("org.expmaster.host");

  @Override
  public <T> T within(String name, Supplier<T> work) {
    io.opentelemetry.api.trace.Span span = tracer.spanBuilder(name).startSpan();
    try (Scope scope = span.makeCurrent()) {
      return work.get();
    } catch (RuntimeException | Error failed) {
      span.setStatus(StatusCode.ERROR);
      throw failed;
    } finally {
      span.end();
    }
  }

  @Override
  public Optional<String> current() {
    SpanContext current = io.opentelemetry.api.trace.Span.current().getSpanContext();
    return current.isValid()
        ? Optional.ofNullable(traceparent(Context.current()))
        : Optional.empty();
  }

  @Override
  public Span begin(String name, Optional<String> parent) {
    Context cause =
        parent
            .map(header -> W3C.extract(Context.root(), Map.of(TRACEPARENT, header), GETTER))
            .orElse(Context.root());
    io.opentelemetry.api.trace.Span span = tracer.spanBuilder(name).setParent(cause).startSpan();
    return new Begun(span);
  }

  private static String traceparent(Context context) {
    Map<String, String> headers = new HashMap<>();
    W3C.inject(context, headers, Map::put);
    return headers.get(TRACEPARENT);
  }

  private record Begun(io.opentelemetry.api.trace.Span span) implements Span {
    @Override
    public Optional<String> traceparent() {
      return Optional.ofNullable(OpenTelemetryTracing.traceparent(Context.root().with(span)));
    }

    @Override
    public void end(String outcome, boolean failed) {
      span.setAttribute("outcome", outcome);
      if (failed) {
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
    }
  }

  @Override
  public void close() {
    provider.close();
  }
}
