package org.expmaster.webhook.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * A receiver as fast as one thread can be: several endpoints, one per port, that answer 200 at
 * once, after a delay, or never.
 */
final class NioReceiver implements AutoCloseable {
  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

  private final Selector selector = Selector.open();
  private final List<ServerSocketChannel> servers = new ArrayList<>();
  private final AtomicLong answered = new AtomicLong();
  private final long delayNanos;
  private final int hanging;
  private final LongConsumer onBodyNumber;
  private final Queue<Delayed> delayed = new ArrayDeque<>();
  private volatile boolean closed;

  private record Delayed(Connection connection, long at) {}

  /**
   * @param endpoints number of endpoints
   * @param hanging number of endpoints, the last ones, that never answer
   * @param delayMillis delay of the others' answers, in milliseconds
   * @param onBodyNumber called with the number that each body begins with
   */
  NioReceiver(int endpoints, int hanging, long delayMillis, LongConsumer onBodyNumber)
      throws IOException {
    this.hanging = hanging;
    this.delayNanos = delayMillis * 1_000_000;
    this.onBodyNumber = onBodyNumber;
    for (int i = 0; i < endpoints; i++) {
      ServerSocketChannel server = ServerSocketChannel.open();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT, i);
      servers.add(server);
    }
    Thread thread = new Thread(this::run, "receiver");
    thread.setDaemon(true);
    thread.start();
  }

  URI url(int endpoint) {
    return URI.create(
        "http://127.0.0.1:" + servers.get(endpoint).socket().getLocalPort() + "/hook");
  }

  /** Returns the number of requests answered so far. */
  long answered() {
    return answered.get();
  }

  private void run() {
    try {
      while (!closed) {
        answerDelayed();
        if (delayed.isEmpty()) {
          selector.select(this::ready);
        } else {
          selector.select(this::ready, 1);
        }
      }
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept(key);
      } else {
        ((Connection) key.attachment()).read();
      }
    } catch (IOException | CancelledKeyException gone) {
      key.cancel();
    }
  }

  private void accept(SelectionKey key) throws IOException {
    SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
    while (channel != null) {
      channel.configureBlocking(false);
      channel.socket().setTcpNoDelay(true);
      boolean hangs = (int) key.attachment() >= servers.size() - hanging;
      channel.register(selector, SelectionKey.OP_READ, new Connection(channel, hangs));
      channel = ((ServerSocketChannel) key.channel()).accept();
    }
  }

  private void answerDelayed() throws IOException {
    long now = System.nanoTime();
    while (!delayed.isEmpty() && delayed.peek().at() - now <= 0) {
      delayed.remove().connection().answer();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    for (ServerSocketChannel server : servers) {
      server.close();
    }
    for (SelectionKey key : List.copyOf(selector.keys())) {
      key.channel().close();
    }
  }

  private final class Connection {
    private final SocketChannel channel;
    private final boolean hangs;
    private final byte[] bytes = new byte[8192];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

    Connection(SocketChannel channel, boolean hangs) {
      this.channel = channel;
      this.hangs = hangs;
    }

    void read() throws IOException {
      if (channel.read(buffer) < 0) {
        channel.close();
        return;
      }
      int end = endOfRequest();
      if (end < 0 || hangs) {
        return;
      }
      buffer.clear();
      if (delayNanos == 0) {
        answer();
      } else {
        delayed.add(new Delayed(this, System.nanoTime() + delayNanos));
      }
    }

    /** Expects one request at a time: the client does not pipeline. */
    private int endOfRequest() {
      int size = buffer.position();
      for (int i = 3; i < size; i++) {
        if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
          int end = i + 1 + contentLength(i);
          if (size < end) {
            return -1;
          }
          onBodyNumber.accept(number(i + 1));
          return end;
        }
      }
      return -1;
    }

    private int contentLength(int headEnd) {
      for (int i = 0; i < headEnd - LENGTH.length; i++) {
        int matched = 0;
        while (matched < LENGTH.length && (bytes[i + matched] | 0x20) == LENGTH[matched]) {
          matched++;
        }
        // the colon and the hyphen already have bit 0x20 set
        if (matched == LENGTH.length) {
          return (int) number(i + matched + 1);
        }
      }
      return 0;
    }

    private long number(int from) {
      long number = 0;
      for (int i = from; i < buffer.position() && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
        number = number * 10 + (bytes[i] - '0');
      }
      return number;
    }

    void answer() throws IOException {
      if (channel.isOpen()) {
        channel.write(ByteBuffer.wrap(OK));
        answered.incrementAndGet();
      }
    }
  }
}
