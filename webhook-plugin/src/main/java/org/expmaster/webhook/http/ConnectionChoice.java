package org.expmaster.webhook.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;

/**
 * Leases an endpoint of the pool for an exchange. If it has an open connection, either notes the
 * reuse or, if the exchange must have a new connection, closes the old one. The client's next step
 * connects if there is no connection.
 */
final class ConnectionChoice implements AsyncExecChainHandler {

  @Override
  public void execute(
      HttpRequest request,
      AsyncEntityProducer body,
      AsyncExecChain.Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    if (scope.clientContext instanceof Exchange exchange
        && !scope.execRuntime.isEndpointAcquired()) {
      scope.cancellableDependency.setDependency(
          scope.execRuntime.acquireEndpoint(
              scope.exchangeId,
              scope.route,
              null,
              scope.clientContext,
              new FutureCallback<>() {
                @Override
                public void completed(AsyncExecRuntime runtime) {
                  choose(runtime, exchange);
                  try {
                    chain.proceed(request, body, scope, callback);
                  } catch (HttpException | IOException | RuntimeException failed) {
                    callback.failed(failed);
                  }
                }

                @Override
                public void failed(Exception cause) {
                  callback.failed(cause);
                }

                @Override
                public void cancelled() {
                  callback.failed(new InterruptedIOException());
                }
              }));
      return;
    }
    chain.proceed(request, body, scope, callback);
  }

  private static void choose(AsyncExecRuntime runtime, Exchange exchange) {
    if (!runtime.isEndpointConnected()) {
      return;
    }
    if (exchange.isOnNewConnection()) {
      runtime.disconnectEndpoint();
    } else {
      exchange.reuses();
    }
  }
}
