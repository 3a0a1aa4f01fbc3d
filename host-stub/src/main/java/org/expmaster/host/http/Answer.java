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
 * Writes a response, with the headers that every response has.
 *
 * @param length called with the number of bytes that the client has to read, before the write
 */
record Answer(Request request, Response response, Callback callback, LongConsumer length) {

  void send(org.expmaster.plugin.http.Response answer) {
    // close if input is left unread: it would be taken for the next request
    write(answer, !request.consumeAvailable());
  }

  /** Sends the response and closes the connection, whatever input is unread. */
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

  /** Sets defaults. A handler may override each: a page its policy, an image its caching. */
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
