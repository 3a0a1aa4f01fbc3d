package org.expmaster.host.http;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.eclipse.jetty.io.Content;
import org.expmaster.plugin.http.ApiException;

/**
 * Reads a body of bounded size without holding a thread while the sender is slow.
 *
 * <p>What is too large is read on for a while and thrown away: a client that is still writing would
 * otherwise see a broken connection instead of the answer.
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
   * @param limit how many bytes are kept; of more than these none are
   * @param progress is told how many bytes have come, of a body that is not too large anyway
   */
  BodyReader(Content.Source source, int limit, LongConsumer progress) {
    this.source = source;
    this.limit = limit;
    this.progress = progress;
  }

  /** Fails with an {@link ApiException} where the body is too large or breaks off. */
  CompletableFuture<byte[]> read() {
    run();
    return result;
  }

  /** Waits no longer. */
  void giveUp() {
    result.completeExceptionally(new TooSlow());
  }

  /** A client that did not send its body in time. */
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
