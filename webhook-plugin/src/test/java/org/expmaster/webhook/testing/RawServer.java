package org.expmaster.webhook.testing;

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
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver on loopback that answers with bytes that the test chooses, HTTP or not. */
public final class RawServer implements AutoCloseable {
  /** Answers one connection; the socket is closed when it returns. */
  @FunctionalInterface
  public interface Script {
    /** Reads and writes; an exception ends the connection. */
    void run(Conversation conversation) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** Accepts connections until closed. */
  public RawServer(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
    daemon(this::accept);
  }

  /** Starts a receiver on a free port of loopback. */
  public static RawServer on(Script script) {
    try {
      return new RawServer(new ServerSocket(0, 500, InetAddress.getLoopbackAddress()), script);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Starts a receiver that answers every request with this response and keeps connections open. */
  public static RawServer answering(String response) {
    return on(
        conversation -> {
          while (conversation.readRequest()) {
            conversation.write(response);
          }
        });
  }

  /** Returns a URL of this receiver. */
  public URI url(String pathAndQuery) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + pathAndQuery);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Returns the requests read so far, each as received: head, empty line, body. */
  public Queue<String> requests() {
    return requests;
  }

  /** Returns the number of connections accepted so far. */
  public int connections() {
    return connections.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        daemon(() -> converse(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      script.run(new Conversation(socket));
    } catch (IOException | InterruptedException ended) {
      // ended by the other side, or by the end of the test
    } finally {
      open.remove(socket);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** One connection. */
  public final class Conversation {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private String lastRequest = "";

    private Conversation(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    /** Reads a request with a Content-Length; false if the other side has closed. */
    public boolean readRequest() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          return false;
        }
        head.write(next);
      }
      String text = head.toString(StandardCharsets.ISO_8859_1);
      int length = 0;
      for (String line : text.split("\r\n", -1)) {
        if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
          length = Integer.parseInt(line.substring(15).trim());
        }
      }
      lastRequest = text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
      requests.add(lastRequest);
      return true;
    }

    /** Waits for some bytes and reads what has come, whatever it is. */
    public void readBytes() throws IOException {
      if (in.read() >= 0) {
        in.skipNBytes(in.available());
      }
    }

    /** Returns the last request that was read: head, empty line, body. */
    public String lastRequest() {
      return lastRequest;
    }

    /** Writes and flushes. */
    public void write(String text) throws IOException {
      write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes and flushes. */
    public void write(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    /** Closes the connection with a reset instead of an orderly end. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Closes the connection. */
    public void end() throws IOException {
      socket.close();
    }

    /** Copies everything received until the other side closes the connection. */
    public void copyTo(OutputStream elsewhere) throws IOException {
      in.transferTo(elsewhere);
    }

    /** Waits until the other side closes the connection. */
    public void waitForEnd() throws IOException {
      while (in.read() >= 0) {
        // everything else is discarded
      }
    }
  }
}
