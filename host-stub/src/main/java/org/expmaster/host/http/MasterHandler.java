package org.expmaster.host.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Receives requests from Jetty as soon as their heads are complete. */
final class MasterHandler extends Handler.Abstract {
  private final Desk desk;

  /** The parts that all exchanges share. */
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
