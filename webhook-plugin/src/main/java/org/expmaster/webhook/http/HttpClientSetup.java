package org.expmaster.webhook.http;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * How the HTTP client is set up.
 *
 * @param maxInFlight how many requests may be under way at once; the pool never holds one up
 */
record HttpClientSetup(Sender.Limits limits, int maxInFlight, String userAgent, Optional<URI> proxy)
    implements HttpClients {
  private static final TimeValue IDLE_CONNECTION = TimeValue.ofSeconds(30);

  /**
   * From then on a pooled connection is looked at before it is used. Of one that was in use a
   * moment ago a look costs more than it finds; {@link HttpAttempt} repeats what it misses.
   */
  private static final TimeValue LOOK_AFTER = TimeValue.ofMilliseconds(100);

  /** Two of these are kept for each connection, and thousands of connections may hang. */
  private static final int BUFFER_BYTES = 2_048;

  @Override
  public CloseableHttpAsyncClient make(DnsResolver addresses, ThreadFactory threads) {
    Timeout exchange = Timeout.of(limits.exchange());
    return HttpAsyncClients.custom()
        .setConnectionManager(connections(addresses))
        .setProxy(proxy.map(HttpHost::create).orElse(null))
        .setIOReactorConfig(
            IOReactorConfig.custom().setIoThreadCount(1).setTcpNoDelay(true).build())
        .setIoSessionDecorator(MeteredSession::new)
        .addExecInterceptorBefore(
            ChainElement.CONNECT.name(), "connection-choice", new ConnectionChoice())
        .setThreadFactory(threads)
        .setHttp1Config(Http1Config.custom().setBufferSize(BUFFER_BYTES).build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(exchange)
                .setResponseTimeout(exchange)
                .build())
        .setUserAgent(userAgent)
        // no connection belongs to a user, so that any request may reuse any
        .setUserTokenHandler((route, context) -> null)
        .evictIdleConnections(IDLE_CONNECTION)
        .evictExpiredConnections()
        // what is promised is one request as signed: nothing followed, added or unpacked, and
        // repeated only where HttpAttempt does
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  private PoolingAsyncClientConnectionManager connections(DnsResolver addresses) {
    return PoolingAsyncClientConnectionManagerBuilder.create()
        .setDnsResolver(addresses)
        // the defaults, 5 a route and 25 in all, would be bulkheads of their own
        .setMaxConnPerRoute(maxInFlight)
        .setMaxConnTotal(2 * maxInFlight)
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(limits.connect()))
                .setSocketTimeout(Timeout.of(limits.exchange()))
                .setValidateAfterInactivity(LOOK_AFTER)
                .build())
        .setDefaultTlsConfig(
            TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build())
        .build();
  }
}
