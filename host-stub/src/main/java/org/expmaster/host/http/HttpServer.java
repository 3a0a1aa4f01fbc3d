package org.expmaster.host.http;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.expmaster.host.config.ConfigException;
import org.expmaster.plugin.http.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running server. */
public final class HttpServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
  private static final int THREADS = 32;
  private static final int CONNECTIONS = 512;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Server server;
  private final ServerConnector connector;

  private HttpServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Opens the port and serves.
   *
   * @param callers whose token something is
   * @throws ConfigException if the port cannot be had
   */
  public static HttpServer start(
      String host, int port, RouteTable routes, Function<String, Optional<Caller>> callers)
      throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4, (int) IDLE.toMillis());
    threads.setName("http");
    Server server = new Server(threads);
    server.setErrorHandler(new JettyErrors());
    server.setHandler(new GracefulHandler(new MasterHandler(routes, new Gate(callers))));
    server.setStopTimeout(GRACE.toMillis());

    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
    try {
      server.start();
    } catch (IOException e) {
      server.stop();
      String why = e.getCause() instanceof BindException bind ? bind.getMessage() : e.getMessage();
      throw new ConfigException("cannot listen on " + host + ":" + port + ": " + why);
    }
    return new HttpServer(server, connector);
  }

  /** The port it listens on, whether it was chosen or given. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Takes no new request, and waits a little for those that are being answered. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      log.warn("some requests were cut short: {}", e.toString());
    }
  }
}
