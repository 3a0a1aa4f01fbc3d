package org.expmaster.host.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Bytes over a socket: what no HTTP client would send. */
public final class RawHttp implements AutoCloseable {
  private final Socket socket;

  private RawHttp(Socket socket) {
    this.socket = socket;
  }

  public static RawHttp connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    return new RawHttp(socket);
  }

  /** Sends a request line and headers, and returns everything that comes until the end. */
  public static String exchange(int port, String requestLine, String... headers)
      throws IOException {
    try (RawHttp raw = connect(port)) {
      raw.send(requestLine + "\r\nHost: x\r\nConnection: close\r\n");
      for (String header : headers) {
        raw.send(header + "\r\n");
      }
      raw.send("\r\n");
      return raw.readAll();
    }
  }

  public void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  public String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
