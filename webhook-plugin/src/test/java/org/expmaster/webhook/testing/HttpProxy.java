package org.expmaster.webhook.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/**
 * An HTTP proxy on loopback that forwards and tunnels. It resolves names itself, to given ports of
 * loopback.
 */
public final class HttpProxy implements AutoCloseable {
  private final Map<String, Integer> hosts;
  private final Queue<String> heads = new ConcurrentLinkedQueue<>();
  private final RawServer server = RawServer.on(this::serve);

  /**
   * Starts a proxy.
   *
   * @param hosts {@code host:port} as in requests, and the port of loopback it stands for
   */
  public HttpProxy(Map<String, Integer> hosts) {
    this.hosts = Map.copyOf(hosts);
  }

  /** Returns the proxy's URL. */
  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Returns the first request head of each connection. */
  public Queue<String> heads() {
    return heads;
  }

  /** Returns the number of connections accepted so far. */
  public int connections() {
    return server.connections();
  }

  private void serve(RawServer.Conversation client) throws IOException, InterruptedException {
    if (!client.readRequest()) {
      return;
    }
    String request = server.requests().remove();
    heads.add(request.substring(0, request.indexOf("\r\n\r\n")));
    String[] line = request.split("[ \r]", 4);
    boolean tunnel = line[0].equals("CONNECT");
    String host = tunnel ? line[1] : line[1].split("/", 4)[2];
    Integer port = hosts.get(host.contains(":") ? host : host + ":80");
    if (port == null) {
      client.write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    try (Socket upstream = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
      if (tunnel) {
        client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      } else {
        String path = line[1].substring(line[1].indexOf('/', 7));
        String forwarded = request.replaceFirst(Pattern.quote(line[1]), path);
        upstream.getOutputStream().write(forwarded.getBytes(StandardCharsets.UTF_8));
      }
      Thread back = new Thread(() -> pump(upstream, client), "proxy-back");
      back.setDaemon(true);
      back.start();
      client.copyTo(upstream.getOutputStream());
    }
  }

  private static void pump(Socket upstream, RawServer.Conversation client) {
    byte[] buffer = new byte[8192];
    try (InputStream in = upstream.getInputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        client.write(Arrays.copyOf(buffer, n));
      }
      client.end();
    } catch (IOException ended) {
      // either side has closed its connection
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
