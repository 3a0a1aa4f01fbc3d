package org.expmaster.host.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Route, gate, body, handler, answer. */
final class MasterHandler extends Handler.Abstract {
  private static final Logger log = LoggerFactory.getLogger(MasterHandler.class);

  private final RouteTable routes;
  private final Gate gate;

  MasterHandler(RouteTable routes, Gate gate) {
    this.routes = routes;
    this.gate = gate;
  }

  @Override
  public boolean handle(
      org.eclipse.jetty.server.Request jetty,
      org.eclipse.jetty.server.Response response,
      Callback callback) {
    Answer answer = new Answer(jetty.getMethod(), response, callback);
    try {
      String path = jetty.getHttpURI().getDecodedPath();
      Route.Match match = routes.find(jetty.getMethod(), path);
      Map<String, String> headers = headers(jetty);
      Optional<Caller> caller = gate.admit(match.route().access(), jetty.getMethod(), headers);
      Map<String, List<String>> query = query(jetty);
      BodyReader.read(jetty)
          .thenApply(
              body ->
                  new Request(
                      jetty.getMethod(),
                      path,
                      match.pathParameters(),
                      query,
                      headers,
                      body,
                      caller))
          .thenApply(request -> call(match.route(), request))
          .exceptionally(failure -> error(jetty, failure))
          .thenAccept(answer::send)
          .exceptionally(answer::fail);
    } catch (RouteTable.MethodNotAllowed e) {
      answer.send(
          ErrorJson.response(
              405, Reason.METHOD_NOT_ALLOWED, e.getMessage(), Map.of("Allow", e.allow())));
    } catch (RuntimeException | Error e) {
      answer.send(error(jetty, e));
    }
    return true;
  }

  private static Response call(Route route, Request request) {
    try {
      return route.handler().handle(request);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private static Response error(org.eclipse.jetty.server.Request jetty, Throwable thrown) {
    Throwable failure = thrown;
    while (failure instanceof CompletionException && failure.getCause() != null) {
      failure = failure.getCause();
    }
    if (failure instanceof ApiException known) {
      return ErrorJson.response(known);
    }
    // the caller gets a name under which the log tells more, and nothing of what is inside
    String correlation = UUID.randomUUID().toString().substring(0, 8);
    log.error(
        "{} {} failed, told the caller as {}",
        jetty.getMethod(),
        jetty.getHttpURI().getDecodedPath(),
        correlation,
        failure);
    return ErrorJson.response(
        new ApiException(
            Reason.INTERNAL, "something went wrong; the log has it as " + correlation));
  }

  private static Map<String, String> headers(org.eclipse.jetty.server.Request jetty) {
    Map<String, String> headers = new HashMap<>();
    jetty
        .getHeaders()
        .forEach(
            field ->
                headers.merge(
                    field.getLowerCaseName(),
                    String.valueOf(field.getValue()),
                    (one, other) -> one + ", " + other));
    return headers;
  }

  private static Map<String, List<String>> query(org.eclipse.jetty.server.Request jetty) {
    Map<String, List<String>> query = new HashMap<>();
    try {
      for (Fields.Field field : org.eclipse.jetty.server.Request.extractQueryParameters(jetty)) {
        query.put(field.getName(), List.copyOf(field.getValues()));
      }
    } catch (RuntimeException e) {
      throw ApiException.invalid("the query is not well encoded");
    }
    return query;
  }
}
