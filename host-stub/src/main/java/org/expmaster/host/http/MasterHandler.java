package org.expmaster.host.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Where Jetty hands over a request, as soon as its head is whole. */
final class MasterHandler extends Handler.Abstract {
  private final Desk desk;

  /** What all exchanges share. */
  record Desk(RouteTable routes, Gate gate, Workers workers, Connections connections) {}

  MasterHandler(Desk desk) {
    this.desk = desk;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Connections connections = desk.connections();
    Visit visit = connections.visit(request.getConnectionMetaData().getConnection());
    Callback ended = Callback.from(() -> visit.awaitNext(connections.now()), callback);
    Answer answer =
        new Answer(
            request, response, ended, length -> visit.awaitReader(connections.now(), length));
    new Exchange(desk, request, visit, answer).begin();
    return true;
  }
}
