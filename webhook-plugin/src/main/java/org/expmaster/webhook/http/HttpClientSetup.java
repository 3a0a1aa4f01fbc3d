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
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The configuration of the HTTP client.
 *
 * @param maxInFlight the maximum number of requests in flight; the pool never delays one
 */
record HttpClientSetup(Sender.Limits limits, int maxInFlight, String userAgent, Optional<URI> proxy)
    implements HttpClients {
  private static final TimeValue IDLE_CONNECTION = TimeValue.ofSeconds(30);

  /**
   * The idle time after which a pooled connection is checked before use. Sooner, a check costs more
   * than it finds; {@link HttpAttempt} repeats requests on connections that were dead.
   */
  private static final TimeValue LOOK_AFTER = TimeValue.ofMilliseconds(100);

  /** Each connection keeps two such buffers, and thousands of connections may hang. */
  private static final int BUFFER_BYTES = 2_048;

  @Override
  public CloseableHttpAsyncClient make(DnsResolver addresses, ThreadFactory threads) {
    Timeout exchange = Timeout.of(limits.exchange());
    return HttpAsyncClientBuilder.create()
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
        // connections belong to no user, so that any request may reuse any connection
        .setUserTokenHandler((route, context) -> null)
        .evictIdleConnections(IDLE_CONNECTION)
        .evictExpiredConnections()
        // the request is sent once, as signed: nothing is followed, added or unpacked, and only
        // HttpAttempt repeats it
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
        // the defaults, 5 per route and 25 in all, would act as bulkheads of their own
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
