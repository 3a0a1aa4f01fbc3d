package org.expmaster.host.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;

/** Sends bytes over a socket that no HTTP client would send. */
public final class RawHttp implements AutoCloseable {
  private final Socket socket;

  private RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(10_000);
  }

  public static RawHttp connect(int port) throws IOException {
    return new RawHttp(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Connects from another address of this host; skips the test if the host has no such address. */
  public static RawHttp connect(int port, String from) throws IOException {
    try {
      InetAddress source = InetAddress.getByName(from);
      return new RawHttp(new Socket(InetAddress.getLoopbackAddress(), port, source, 0));
    } catch (BindException none) {
      return abort(from + " is no address of this host");
    }
  }

  /** Sends a request line and headers, and returns everything received until the end. */
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
    send(text.getBytes(ISO_8859_1));
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  public String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /** Returns the first line of an answer; empty if the connection is closed before it. */
  public String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c; (c = socket.getInputStream().read()) >= 0 && c != '\r'; ) {
      line.append((char) c);
    }
    return line.toString();
  }

  /** Returns whether the other side has closed the connection without having sent anything. */
  public boolean ended() {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
