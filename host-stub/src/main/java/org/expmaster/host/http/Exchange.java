package org.expmaster.host.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Fields;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;

/**
 * A request and its response: route, access check, body, handler, response.
 *
 * <p>The server's own threads run only what does not block. A worker looks up the caller, and a
 * worker calls the handler; between the two, no thread waits for the body.
 */
final class Exchange {
  private final MasterHandler.Desk desk;
  private final org.eclipse.jetty.server.Request jetty;
  private final Visit visit;
  private final Answer answer;
  private final Map<String, String> headers;
  private Route.Match match;
  private Optional<Credentials> credentials = Optional.empty();
  private boolean bodyRead;

  Exchange(
      MasterHandler.Desk desk, org.eclipse.jetty.server.Request jetty, Visit visit, Answer answer) {
    this.desk = desk;
    this.jetty = jetty;
    this.visit = visit;
    this.answer = answer;
    this.headers = headers(jetty);
  }

  /** A step whose failure becomes the response. */
  private interface Step {
    void run() throws Exception;
  }

  private void orFail(Step step) {
    try {
      step.run();
    } catch (Throwable e) {
      fail(e);
    }
  }

  void begin() {
    visit.serve(desk.connections().now());
    orFail(
        () -> {
          match = desk.routes().find(jetty.getMethod(), path());
          Route route = match.route();
          credentials = desk.gate().check(route.access(), jetty.getMethod(), headers);
          if (route.instant()) {
            call(new byte[0], Optional.empty());
          } else {
            byAWorker(this::admit);
          }
        });
  }

  private void byAWorker(Step step) {
    desk.workers().submit(match.route().key(), () -> orFail(step), () -> refuse(Failure.busy()));
  }

  private void admit() throws Exception {
    Optional<Caller> caller = desk.gate().admit(match.route().access(), credentials);
    BodyReader reader = new BodyReader(jetty, BodyReader.LARGEST, visit::received);
    visit.awaitBody(desk.connections().now(), reader::giveUp);
    bodyRead = true;
    CompletableFuture<byte[]> body = reader.read();
    if (body.isDone()) {
      call(body.join(), caller);
    } else {
      body.thenAccept(bytes -> byAWorker(() -> call(bytes, caller)))
          .exceptionally(
              failure -> {
                fail(failure);
                return null;
              });
    }
  }

  private void call(byte[] body, Optional<Caller> caller) throws Exception {
    visit.serve(desk.connections().now());
    Request request =
        new Request(
            jetty.getMethod(), path(), match.pathParameters(), query(), headers, body, caller);
    answer.send(match.route().handler().handle(request, visit.network()));
  }

  private void fail(Throwable thrown) {
    Throwable failure = thrown;
    while (failure instanceof CompletionException && failure.getCause() != null) {
      failure = failure.getCause();
    }
    if (failure instanceof BodyReader.TooSlow) {
      answer.sendAndClose(Failure.tooSlow());
    } else {
      refuse(Failure.of(jetty.getMethod(), path(), failure));
    }
  }

  /** Reads the body first: a client still sending would otherwise see a broken connection. */
  private void refuse(Response refusal) {
    boolean asksFirst = jetty.getHeaders().contains(HttpHeader.EXPECT);
    if (bodyRead || asksFirst) {
      answer.send(refusal);
      return;
    }
    bodyRead = true;
    BodyReader reader = new BodyReader(jetty, 0, visit::received);
    visit.awaitBody(desk.connections().now(), reader::giveUp);
    reader
        .read()
        .whenComplete(
            (nothing, failure) -> {
              if (failure instanceof BodyReader.TooSlow) {
                answer.sendAndClose(refusal);
              } else {
                answer.send(refusal);
              }
            });
  }

  private String path() {
    return jetty.getHttpURI().getDecodedPath();
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

  private Map<String, List<String>> query() {
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
