package org.expmaster.webhook.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Reads an answer: its status, and of its body no more than a bound, whatever is sent. */
final class ReplyConsumer implements AsyncResponseConsumer<Integer> {
  static final int MAX_BODY_BYTES = 64 * 1024;

  private FutureCallback<Integer> reply;
  private int status;
  private int bodyBytes;

  /** The body went past the bound. The status had come by then, and it is what counts. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    private TooLong(int status) {
      super("the answer's body is longer than " + MAX_BODY_BYTES + " bytes");
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      EntityDetails body,
      HttpContext context,
      FutureCallback<Integer> whenRead) {
    status = response.getCode();
    reply = whenRead;
    if (body == null) {
      whenRead.completed(status);
    }
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {
    // 1xx says nothing about the delivery; the exchange's time bound ends a stream of them
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    channel.update(MAX_BODY_BYTES);
  }

  @Override
  public void consume(ByteBuffer chunk) throws IOException {
    bodyBytes += chunk.remaining();
    if (bodyBytes > MAX_BODY_BYTES) {
      throw new TooLong(status);
    }
    chunk.position(chunk.limit());
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) {
    reply.completed(status);
  }

  @Override
  public void failed(Exception cause) {
    // the request's own callback is told as well, and reports it
  }

  @Override
  public void releaseResources() {}
}
