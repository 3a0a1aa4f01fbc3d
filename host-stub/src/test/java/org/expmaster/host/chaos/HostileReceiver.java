package org.expmaster.host.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hostile receiver on loopback.
 *
 * <p>As a program of its own it shares neither memory nor garbage collection with the process that
 * measures the healthy receivers, nor with other hostile ones.
 */
final class HostileReceiver {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  private final Hostility hostility;
  private final ServerSocket server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());

  private HostileReceiver(Hostility hostility) throws IOException {
    this.hostility = hostility;
    daemon(this::accept);
  }

  /** Prints the URL of a receiver of this kind, and runs until its input ends. */
  @SuppressWarnings("SystemOut") // the parent process reads it
  public static void main(String[] kind) throws IOException {
    System.out.println(new HostileReceiver(Hostility.valueOf(kind[0])).url());
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        daemon(() -> receive(socket));
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void receive(Socket socket) {
    try (socket) {
      Visit visit = new Visit(socket);
      if (visit.readRequest()) {
        hostility.answer(visit);
      }
    } catch (IOException | InterruptedException ended) {
      // the other side has closed the connection
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "hostile-receiver");
    thread.setDaemon(true);
    thread.start();
  }

  /** One connection. */
  static final class Visit {
    private final Socket socket;
    private final InputStream in;

    private Visit(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
    }

    private boolean readRequest() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          return false;
        }
        head.write(next);
      }
      Matcher length = LENGTH.matcher(head.toString(ISO_8859_1));
      return length.find() && in.readNBytes(Integer.parseInt(length.group(1))).length > 0;
    }

    void write(String text) throws IOException {
      write(text.getBytes(ISO_8859_1));
    }

    void write(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Closes the sending side only, and goes on reading. */
    void halfClose() throws IOException {
      socket.shutdownOutput();
    }

    void waitForEnd() throws IOException {
      while (in.read() >= 0) {
        // ignore whatever else arrives
      }
    }
  }
}
