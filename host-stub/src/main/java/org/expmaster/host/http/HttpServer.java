package org.expmaster.host.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.expmaster.host.config.ConfigException;
import org.expmaster.plugin.http.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running HTTP server. */
public final class HttpServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

  /** These threads never block: they serve sockets and instant routes. Workers may block. */
  private static final int THREADS = 16;

  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration CHECK = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Server server;
  private final ServerConnector connector;
  private final Workers workers;

  private HttpServer(Server server, ServerConnector connector, Workers workers) {
    this.server = server;
    this.connector = connector;
    this.workers = workers;
  }

  /**
   * Opens the port and serves requests.
   *
   * @param callers returns the caller to whom a token belongs
   * @throws ConfigException if the port is not available
   */
  public static HttpServer start(
      String host, int port, RouteTable routes, Function<String, Optional<Caller>> callers)
      throws Exception {
    return start(new InetSocketAddress(host, port), routes, callers, Limits.STANDARD);
  }

  static HttpServer start(
      InetSocketAddress address,
      RouteTable routes,
      Function<String, Optional<Caller>> callers,
      Limits limits)
      throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4, (int) IDLE.toMillis());
    threads.setName("http");
    Server server = new Server(threads);
    server.setErrorHandler(new JettyErrors());
    SteadyClock clock = new SteadyClock();
    Connections connections = new Connections(limits, clock);
    Workers workers = new Workers(limits, clock);
    server.setHandler(
        new GracefulHandler(
            new MasterHandler(
                new MasterHandler.Desk(routes, new Gate(callers), workers, connections))));
    server.setStopTimeout(GRACE.toMillis());
    HttpServer started = new HttpServer(server, connector(server, connections, limits), workers);
    started.open(address);
    started.check(connections);
    return started;
  }

  private static ServerConnector connector(Server server, Connections connections, Limits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setIdleTimeout(limits.idle().toMillis());
    connector.addBean(connections);
    server.addConnector(connector);
    return connector;
  }

  private void open(InetSocketAddress address) throws Exception {
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    try {
      server.start();
    } catch (IOException e) {
      server.stop();
      workers.close();
      String why = e.getCause() instanceof BindException bind ? bind.getMessage() : e.getMessage();
      throw new ConfigException(
          "cannot listen on " + address.getHostString() + ":" + address.getPort() + ": " + why);
    }
  }

  /** Checks for slow clients now and every second. */
  private void check(Connections connections) {
    try {
      connections.check();
      workers.check();
    } catch (RuntimeException | Error e) {
      log.error("the check of slow clients failed, and goes on", e);
    }
    connector
        .getScheduler()
        .schedule(() -> check(connections), CHECK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns the port on which the server listens, whether configured or chosen. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Accepts no new requests, and waits briefly for running ones. */
  @Override
  public void close() {
    try {
      server.stop();
      workers.close();
    } catch (Exception e) {
      log.warn("some requests were cut short: {}", e.toString());
    }
  }
}
