package org.expmaster.host.http;

import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.expmaster.plugin.http.ApiException.Reason;

/** Gives the errors that Jetty detects before it calls our handler the form of our own errors. */
final class JettyErrors extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Object cause = request.getAttribute(ERROR_EXCEPTION);
    Object message = request.getAttribute(ERROR_MESSAGE);
    int status = response.getStatus();
    if (cause instanceof HttpException http) {
      status = http.getCode();
      message = http.getReason();
    }
    new Answer(request, response, callback, any -> {}).send(error(status, message));
    return true;
  }

  private static boolean plain(int status, Object message) {
    return message == null || message.equals(HttpStatus.getMessage(status));
  }

  private static org.expmaster.plugin.http.Response error(int status, Object message) {
    String standard = status == 400 ? "the request is malformed" : HttpStatus.getMessage(status);
    // the text of a server error may reveal internals
    String text = status >= 500 || plain(status, message) ? standard : message.toString();
    Reason reason =
        switch (status) {
          case 404 -> Reason.NOT_FOUND;
          case 503 -> Reason.UNAVAILABLE;
          default -> status >= 500 ? Reason.INTERNAL : Reason.INVALID_ARGUMENT;
        };
    return ErrorJson.response(status, reason, text, Map.of());
  }
}
