package org.expmaster.webhook.delivery;

import java.net.URI;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** How the HTTP client is set up. */
final class HttpClientSetup {
  private static final TimeValue IDLE_CONNECTION = TimeValue.ofSeconds(30);

  private HttpClientSetup() {}

  /**
   * A client that has not been started.
   *
   * @param addresses tells what to connect to; it is asked about addresses too, and for the proxy
   *     where there is one, by whichever thread is at hand: it must not block
   */
  static CloseableHttpAsyncClient client(
      Sender.Limits limits,
      int maxInFlight,
      String userAgent,
      DnsResolver addresses,
      Optional<URI> proxy) {
    Timeout exchange = Timeout.of(limits.exchange());
    PoolingAsyncClientConnectionManager connections =
        PoolingAsyncClientConnectionManagerBuilder.create()
            .setDnsResolver(addresses)
            // the defaults, 5 a route and 25 in all, would be bulkheads of their own
            .setMaxConnPerRoute(maxInFlight)
            .setMaxConnTotal(2 * maxInFlight)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(limits.connect()))
                    .setSocketTimeout(exchange)
                    .build())
            .setDefaultTlsConfig(
                TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build())
            .build();
    return HttpAsyncClients.custom()
        .setConnectionManager(connections)
        .setProxy(proxy.map(HttpHost::create).orElse(null))
        .setIOReactorConfig(
            IOReactorConfig.custom().setIoThreadCount(1).setTcpNoDelay(true).build())
        .setThreadFactory(task -> new Thread(task, "webhooks-http"))
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(exchange)
                .setResponseTimeout(exchange)
                .build())
        .setUserAgent(userAgent)
        .evictIdleConnections(IDLE_CONNECTION)
        .evictExpiredConnections()
        // what is promised is one request as signed: nothing repeated, followed, added or unpacked
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }
}
