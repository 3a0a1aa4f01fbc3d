package org.expmaster.host.http;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Writes a response, with the headers every response has.
 *
 * @param length is told how many bytes the client has to take, before they are written
 */
record Answer(Request request, Response response, Callback callback, LongConsumer length) {

  void send(org.expmaster.plugin.http.Response answer) {
    // what is still to come would be read as the next request: no client may send one
    write(answer, !request.consumeAvailable());
  }

  /** The same, whatever is still to come. */
  void sendAndClose(org.expmaster.plugin.http.Response answer) {
    write(answer, true);
  }

  private void write(org.expmaster.plugin.http.Response answer, boolean close) {
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    always(headers);
    answer.headers().forEach(headers::put);
    headers.put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    if (close) {
      headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
    }
    boolean withBody = !request.getMethod().equals("HEAD");
    length.accept(withBody ? answer.body().length : 0);
    response.write(
        true, withBody ? ByteBuffer.wrap(answer.body()) : ByteBuffer.allocate(0), callback);
  }

  /** A handler may set any of them otherwise: a page its own policy, a picture its caching. */
  static void always(HttpFields.Mutable headers) {
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "same-origin");
    headers.put("Cache-Control", "no-store");
  }

  Void fail(Throwable failure) {
    callback.failed(failure);
    return null;
  }
}
