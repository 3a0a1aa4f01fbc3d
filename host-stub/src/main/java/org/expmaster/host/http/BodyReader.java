package org.expmaster.host.http;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;
import org.expmaster.plugin.http.ApiException;

/**
 * Reads a body of bounded size without holding a thread while the sender is slow.
 *
 * <p>What is too large is read on for a while and thrown away: a client that is still writing would
 * otherwise see a broken connection instead of the answer.
 */
final class BodyReader implements Runnable {
  static final int LIMIT = 1 << 20;
  private static final long PATIENCE = 32L << 20;

  private final Content.Source source;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> result = new CompletableFuture<>();
  private long length;

  private BodyReader(Content.Source source) {
    this.source = source;
  }

  /** Fails with an {@link ApiException} where the body is too large or breaks off. */
  static CompletableFuture<byte[]> read(Content.Source source) {
    BodyReader reader = new BodyReader(source);
    reader.run();
    return reader.result;
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
    if (length <= LIMIT) {
      byte[] bytes = new byte[chunk.remaining()];
      chunk.getByteBuffer().get(bytes);
      kept.writeBytes(bytes);
    }
    chunk.release();
  }

  private void finish() {
    if (length > LIMIT) {
      result.completeExceptionally(
          new ApiException(
              ApiException.Reason.TOO_LARGE,
              "the body must not be larger than " + LIMIT + " bytes"));
    } else {
      result.complete(kept.toByteArray());
    }
  }
}
