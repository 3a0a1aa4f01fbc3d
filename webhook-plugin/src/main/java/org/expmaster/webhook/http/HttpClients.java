package org.expmaster.webhook.http;

import java.util.concurrent.ThreadFactory;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;

/** Makes HTTP clients, all with the same configuration. */
@FunctionalInterface
interface HttpClients {

  /**
   * Returns a client that has not been started.
   *
   * @param addresses resolves what to connect to: hosts, literal addresses, or the proxy if there
   *     is one. Called on any thread, so it must not block
   * @param threads creates the client's threads
   */
  CloseableHttpAsyncClient make(DnsResolver addresses, ThreadFactory threads);
}
