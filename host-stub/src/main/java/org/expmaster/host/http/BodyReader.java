package org.expmaster.host.http;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.eclipse.jetty.io.Content;
import org.expmaster.plugin.http.ApiException;

/**
 * Reads a body of bounded size without blocking a thread while the sender is slow.
 *
 * <p>A body that is too large is read on for a while and discarded: a client that is still writing
 * would otherwise see a broken connection and not the response.
 */
final class BodyReader implements Runnable {
  static final int LARGEST = 1 << 20;
  private static final long PATIENCE = 32L << 20;

  private final Content.Source source;
  private final int limit;
  private final LongConsumer progress;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> result = new CompletableFuture<>();
  private long length;

  /**
   * @param limit the largest body accepted, in bytes
   * @param progress called with the bytes read so far, counted up to {@link #LARGEST}
   */
  BodyReader(Content.Source source, int limit, LongConsumer progress) {
    this.source = source;
    this.limit = limit;
    this.progress = progress;
  }

  /** Fails with an {@link ApiException} if the body is too large or ends early. */
  CompletableFuture<byte[]> read() {
    run();
    return result;
  }

  /** Stops waiting. */
  void giveUp() {
    result.completeExceptionally(new TooSlow());
  }

  /** The client did not send its body in time. */
  static final class TooSlow extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = source.read();
      if (chunk == null) {
        source.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        result.completeExceptionally(ApiException.invalid("the body breaks off"));
        return;
      }
      boolean last = chunk.isLast();
      take(chunk);
      if (last || length > PATIENCE) {
        finish();
        return;
      }
    }
  }

  private void take(Content.Chunk chunk) {
    length += chunk.remaining();
    if (length <= limit) {
      byte[] bytes = new byte[chunk.remaining()];
      chunk.getByteBuffer().get(bytes);
      kept.writeBytes(bytes);
    }
    chunk.release();
    progress.accept(Math.min(length, LARGEST));
  }

  private void finish() {
    if (length > limit) {
      result.completeExceptionally(
          new ApiException(
              ApiException.Reason.TOO_LARGE,
              "the body must not be larger than " + limit + " bytes"));
    } else {
      result.complete(kept.toByteArray());
    }
  }
}
