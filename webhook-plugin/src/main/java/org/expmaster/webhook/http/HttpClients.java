package org.expmaster.webhook.http;

import java.util.concurrent.ThreadFactory;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;

/** Makes HTTP clients, all alike. */
@FunctionalInterface
interface HttpClients {

  /**
   * A client that has not been started.
   *
   * @param addresses tells what to connect to; it is asked about addresses too, and for the proxy
   *     where there is one, by whichever thread is at hand: it must not block
   * @param threads makes its threads
   */
  CloseableHttpAsyncClient make(DnsResolver addresses, ThreadFactory threads);
}
