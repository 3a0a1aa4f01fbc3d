package org.expmaster.webhook.http;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.locks.Lock;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection that limits the bytes read per turn, so that other connections get their turn
 * however fast one sends, and that fails an exchange that has received too much. The client's
 * parser limits neither: it reads for as long as there is data.
 *
 * <p>On a TLS connection, decrypted data reaches the parser past {@link #read}, in pieces of one
 * TLS record, so the bytes of an exchange are not counted here but by the protocol.
 */
final class MeteredSession implements IOSession {
  static final int BYTES_A_TURN = 16 * 1024;

  private static final int NONE = -1;

  /** The first bytes of a TLS alert and of a TLS handshake (RFC 8446, section 5.1). */
  private static final int TLS_ALERT = 21;

  private static final int TLS_HANDSHAKE = 22;

  private final IOSession session;

  // only the client's own thread reads and polls
  private int leftThisTurn = BYTES_A_TURN;
  private volatile Exchange exchange;
  private int firstByte = NONE;

  MeteredSession(IOSession session) {
    this.session = session;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    Exchange served = exchange;
    if (served != null && served.received() > Exchange.MAX_RECEIVED_BYTES) {
      throw new MessageConstraintException("more has come than an answer may have");
    }
    if (leftThisTurn <= 0) {
      return 0;
    }
    int read = session.read(into);
    if (read < 0 && leftThisTurn < BYTES_A_TURN) {
      // the end gets a turn of its own: the client's parser drops data that comes with it
      return 0;
    }
    if (read > 0 && firstByte == NONE) {
      firstByte = into.get(into.position() - read) & 0xff;
    }
    leftThisTurn -= Math.max(0, read);
    return read;
  }

  /** Returns whether the receiver began with TLS. Called on the client's own thread. */
  boolean beganWithTls() {
    return firstByte == TLS_ALERT || firstByte == TLS_HANDSHAKE;
  }

  /** Begins a new turn. Called when there is something to read, before it is read. */
  @Override
  public void updateReadTime() {
    leftThisTurn = BYTES_A_TURN;
    session.updateReadTime();
  }

  @Override
  public Command poll() {
    Command command = session.poll();
    if (command instanceof RequestExecutionCommand request
        && request.getContext() instanceof Exchange next) {
      if (!next.mayGo()) {
        request.cancel();
        return poll();
      }
      Exchange last = exchange;
      exchange = next;
      next.begin(this, last == null ? 0 : last.connectionReceived());
    }
    return command;
  }

  /** Closes the connection, unless it already serves another exchange. Thread-safe. */
  void endFor(Exchange given) {
    if (exchange == given) {
      session.close(CloseMode.IMMEDIATE);
    }
  }

  @Override
  public String getId() {
    return session.getId();
  }

  @Override
  public IOEventHandler getHandler() {
    return session.getHandler();
  }

  @Override
  public void upgrade(IOEventHandler handler) {
    session.upgrade(handler);
  }

  @Override
  public Lock getLock() {
    return session.getLock();
  }

  @Override
  public void enqueue(Command command, Command.Priority priority) {
    session.enqueue(command, priority);
  }

  @Override
  public boolean hasCommands() {
    return session.hasCommands();
  }

  @Override
  public ByteChannel channel() {
    return session.channel();
  }

  @Override
  public SocketAddress getRemoteAddress() {
    return session.getRemoteAddress();
  }

  @Override
  public SocketAddress getLocalAddress() {
    return session.getLocalAddress();
  }

  @Override
  public int getEventMask() {
    return session.getEventMask();
  }

  @Override
  public void setEventMask(int events) {
    session.setEventMask(events);
  }

  @Override
  public void setEvent(int event) {
    session.setEvent(event);
  }

  @Override
  public void clearEvent(int event) {
    session.clearEvent(event);
  }

  @Override
  public void close() {
    session.close();
  }

  @Override
  public void close(CloseMode mode) {
    session.close(mode);
  }

  @Override
  public Status getStatus() {
    return session.getStatus();
  }

  @Override
  public boolean isOpen() {
    return session.isOpen();
  }

  @Override
  public Timeout getSocketTimeout() {
    return session.getSocketTimeout();
  }

  @Override
  public void setSocketTimeout(Timeout timeout) {
    session.setSocketTimeout(timeout);
  }

  @Override
  public long getLastReadTime() {
    return session.getLastReadTime();
  }

  @Override
  public long getLastWriteTime() {
    return session.getLastWriteTime();
  }

  @Override
  public long getLastEventTime() {
    return session.getLastEventTime();
  }

  @Override
  public void updateWriteTime() {
    session.updateWriteTime();
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return session.write(from);
  }
}
