package org.expmaster.webhook.bench;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;

/** The pipeline's HTTP client by itself: nothing is stored, signed or counted. */
final class RawClient implements AutoCloseable {
  private final CloseableHttpAsyncClient client;
  private final AtomicBoolean stopped = new AtomicBoolean();

  /** Keeps {@code inFlightEach} requests in flight to each URL until closed. */
  RawClient(List<URI> urls, int inFlightEach, byte[] body) {
    client =
        HttpAsyncClients.custom()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(inFlightEach)
                    .setMaxConnTotal(inFlightEach * urls.size())
                    .build())
            .setIOReactorConfig(
                IOReactorConfig.custom().setIoThreadCount(1).setTcpNoDelay(true).build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
    client.start();
    for (URI url : urls) {
      SimpleHttpRequest request =
          SimpleRequestBuilder.post(url).setBody(body, ContentType.APPLICATION_JSON).build();
      for (int i = 0; i < inFlightEach; i++) {
        send(request);
      }
    }
  }

  private void send(SimpleHttpRequest request) {
    client.execute(
        SimpleRequestProducer.create(request),
        SimpleResponseConsumer.create(),
        new FutureCallback<SimpleHttpResponse>() {
          @Override
          public void completed(SimpleHttpResponse response) {
            again();
          }

          @Override
          public void failed(Exception cause) {
            again();
          }

          @Override
          public void cancelled() {}

          private void again() {
            if (!stopped.get()) {
              send(request);
            }
          }
        });
  }

  @Override
  public void close() {
    stopped.set(true);
    client.close(CloseMode.GRACEFUL);
  }
}
