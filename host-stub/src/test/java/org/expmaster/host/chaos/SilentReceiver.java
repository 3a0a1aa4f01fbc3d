package org.expmaster.host.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A receiver on loopback that accepts thousands of connections and never answers. */
final class SilentReceiver implements AutoCloseable {
  private static final int BACKLOG = 4096;

  private final Selector selector;
  private final ServerSocketChannel server;
  private final ByteBuffer unread = ByteBuffer.allocate(64 * 1024);
  private final Thread thread = new Thread(this::run, "silent-receiver");

  private SilentReceiver(Selector selector, ServerSocketChannel server) {
    this.selector = selector;
    this.server = server;
  }

  static SilentReceiver start() throws IOException {
    Selector selector = Selector.open();
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
    SilentReceiver receiver = new SilentReceiver(selector, server);
    receiver.thread.start();
    return receiver;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.socket().getLocalPort() + "/");
  }

  private void run() {
    try {
      while (!Thread.interrupted()) {
        selector.select(this::attend);
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void attend(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        server.accept().configureBlocking(false).register(selector, SelectionKey.OP_READ);
      } else if (((SocketChannel) key.channel()).read(unread.clear()) < 0) {
        key.channel().close();
      }
    } catch (IOException gone) {
      key.cancel();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    thread.interrupt();
    thread.join();
    selector.close();
  }
}
