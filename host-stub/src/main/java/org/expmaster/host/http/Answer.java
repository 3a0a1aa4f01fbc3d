package org.expmaster.host.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes a response, with the headers every response has. */
record Answer(String method, Response response, Callback callback) {

  void send(org.expmaster.plugin.http.Response answer) {
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    always(headers);
    answer.headers().forEach(headers::put);
    headers.put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    boolean withBody = !method.equals("HEAD");
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
