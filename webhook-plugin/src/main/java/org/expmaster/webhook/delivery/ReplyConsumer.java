package org.expmaster.webhook.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Reads an answer: its status, and of its body no more than a bound, whatever is sent. */
final class ReplyConsumer implements AsyncResponseConsumer<Reply> {
  static final int MAX_BODY_BYTES = 64 * 1024;
  static final int KEPT_BODY_BYTES = 4 * 1024;
  private static final byte[] NOTHING = {};

  private FutureCallback<Reply> whenRead;
  private HttpResponse response;
  private byte[] kept = NOTHING;
  private int bodyBytes;

  /** The body went past the bound. The status had come by then, and it is what counts. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Reply reply;

    private TooLong(Reply reply) {
      super("the answer's body is longer than " + MAX_BODY_BYTES + " bytes");
      this.reply = reply;
    }

    Reply reply() {
      return reply;
    }
  }

  @Override
  public void consumeResponse(
      HttpResponse head, EntityDetails body, HttpContext context, FutureCallback<Reply> callback) {
    response = head;
    whenRead = callback;
    if (body == null) {
      callback.completed(reply());
    }
  }

  @Override
  public void informationResponse(HttpResponse head, HttpContext context) {
    // 1xx says nothing about the delivery; the exchange's time bound ends a stream of them
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    channel.update(MAX_BODY_BYTES);
  }

  @Override
  public void consume(ByteBuffer chunk) throws IOException {
    bodyBytes += chunk.remaining();
    int keep = Math.min(chunk.remaining(), KEPT_BODY_BYTES - kept.length);
    if (keep > 0) {
      kept = Arrays.copyOf(kept, kept.length + keep);
      chunk.get(kept, kept.length - keep, keep);
    }
    chunk.position(chunk.limit());
    if (bodyBytes > MAX_BODY_BYTES) {
      throw new TooLong(reply());
    }
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) {
    whenRead.completed(reply());
  }

  @Override
  public void failed(Exception cause) {
    // the request's own callback is told as well, and reports it
  }

  @Override
  public void releaseResources() {}

  private Reply reply() {
    Header retryAfter = response.getFirstHeader("Retry-After");
    return new Reply(
        response.getCode(),
        Optional.ofNullable(retryAfter).map(Header::getValue),
        kept.length == 0 ? Optional.empty() : Optional.of(text(kept)));
  }

  /** As text that every database stores: PostgreSQL has no NUL in text. */
  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8).replace('\0', '\ufffd');
  }
}
