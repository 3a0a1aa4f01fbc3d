package org.expmaster.webhook.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Reads a response: its status, and its body up to a limit. Once the head has arrived, there is an
 * answer, however the body ends: the status decides.
 *
 * <p>The client's thread reads; any thread may ask what has been read.
 */
final class ReplyConsumer implements AsyncResponseConsumer<Outcome.Answered> {
  static final int MAX_BODY_BYTES = 64 * 1024;
  static final int KEPT_BODY_BYTES = 4 * 1024;

  /** How long the body may take after the status: short, since only its beginning is kept. */
  static final Duration MAX_BODY_TIME = Duration.ofSeconds(2);

  /** Well-behaved receivers send one or two before the final response (100, 102, 103). */
  static final int MAX_INTERIM_ANSWERS = 8;

  private static final byte[] NOTHING = {};

  private final URI url;
  private final Supplier<Duration> took;
  private FutureCallback<Outcome.Answered> whenRead;
  private int bodyBytes;
  private int interimAnswers;

  // guarded by this
  private HttpResponse response;
  private long headAt;
  private byte[] kept = NOTHING;

  /**
   * @param url the URL of the request
   * @param took returns how long the attempt has taken so far
   */
  ReplyConsumer(URI url, Supplier<Duration> took) {
    this.url = url;
    this.took = took;
  }

  @Override
  public void consumeResponse(
      HttpResponse head,
      EntityDetails body,
      HttpContext context,
      FutureCallback<Outcome.Answered> callback) {
    synchronized (this) {
      response = head;
      headAt = System.nanoTime();
    }
    whenRead = callback;
    if (body == null) {
      callback.completed(answer().orElseThrow());
    }
  }

  @Override
  public void informationResponse(HttpResponse head, HttpContext context) throws IOException {
    if (++interimAnswers > MAX_INTERIM_ANSWERS) {
      throw new MessageConstraintException("more interim answers than are waited through");
    }
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    channel.update(MAX_BODY_BYTES);
  }

  @Override
  public void consume(ByteBuffer chunk) throws IOException {
    bodyBytes += chunk.remaining();
    keep(chunk);
    chunk.position(chunk.limit());
    if (bodyBytes > MAX_BODY_BYTES) {
      throw new MessageConstraintException("the body is longer than is read");
    }
  }

  private synchronized void keep(ByteBuffer chunk) {
    int keep = Math.min(chunk.remaining(), KEPT_BODY_BYTES - kept.length);
    if (keep > 0) {
      kept = Arrays.copyOf(kept, kept.length + keep);
      chunk.get(kept, kept.length - keep, keep);
    }
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) {
    whenRead.completed(answer().orElseThrow());
  }

  @Override
  public void failed(Exception cause) {
    // the request's own callback is called as well, and reports it
  }

  @Override
  public void releaseResources() {}

  /** Returns the response so far; empty if no status has arrived. */
  synchronized Optional<Outcome.Answered> answer() {
    if (response == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Outcome.Answered(
            response.getCode(),
            header("Retry-After"),
            header("Location").map(location -> Redirect.words(url, location)),
            kept.length == 0 ? Optional.empty() : Optional.of(text(kept)),
            took.get()));
  }

  private Optional<String> header(String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
  }

  /** Returns whether the status has arrived and the time of the body is up. */
  synchronized boolean isOverdue(long nanoTime) {
    return response != null && nanoTime - headAt >= MAX_BODY_TIME.toNanos();
  }

  /** Returns text that every database can store: PostgreSQL has no NUL in text. */
  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8).replace('\0', '\ufffd');
  }
}
