package org.expmaster.host.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each span that has ended to the log, in one line. */
final class LoggedSpans implements SpanExporter {
  private static final Logger log = LoggerFactory.getLogger(LoggedSpans.class);
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    for (SpanData span : spans) {
      log.info(
          "span {} trace={} id={} parent={} millis={} outcome={}",
          span.getName(),
          span.getTraceId(),
          span.getSpanId(),
          span.getParentSpanId(),
          TimeUnit.NANOSECONDS.toMillis(span.getEndEpochNanos() - span.getStartEpochNanos()),
          span.getAttributes().get(OUTCOME));
    }
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode flush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }
}
