package org.expmaster.host.http;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All open connections: a bounded number, none of which waits for its client forever. Thread-safe.
 *
 * <p>A connection beyond the limit is not rejected. Instead one that waits for its client is
 * closed: of the network with the most connections, the one that has waited longest. A prompt
 * client is therefore answered, however many others are slow, and wherever they are.
 */
final class Connections implements Connection.Listener {
  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  private final Map<Connection, Visit> open = new ConcurrentHashMap<>();
  private final Limits limits;
  private final Clock clock;

  /**
   * @param clock a steady clock, unaffected by changes of the system time
   */
  Connections(Limits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public void onOpened(Connection connection) {
    Visit visit =
        new Visit(
            ClientNetwork.of(connection.getEndPoint().getRemoteSocketAddress()),
            limits,
            connection::getBytesIn,
            () -> connection.getEndPoint().close(),
            clock.instant());
    open.put(connection, visit);
    if (open.size() > limits.connections()) {
      makeRoom();
    }
  }

  private synchronized void makeRoom() {
    Map<ClientNetwork, Long> held =
        open.values().stream().collect(groupingBy(Visit::network, counting()));
    Comparator<Map.Entry<Connection, Visit>> greediest =
        Comparator.comparing(entry -> held.getOrDefault(entry.getValue().network(), 0L));
    Comparator<Map.Entry<Connection, Visit>> slowest =
        Comparator.comparing(entry -> entry.getValue().since());
    open.entrySet().stream()
        .filter(entry -> entry.getValue().isTheirs())
        .max(greediest.thenComparing(slowest.reversed()))
        .ifPresent(
            entry -> {
              open.remove(entry.getKey());
              log.debug("closed one of {} to make room", entry.getValue().network());
              entry.getValue().close();
            });
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  /** Returns the state of a connection. */
  Visit visit(Connection connection) {
    Visit visit = open.get(connection);
    // a connection that was closed a moment ago needs no more tracking
    return visit != null ? visit : closed(connection);
  }

  private Visit closed(Connection connection) {
    return new Visit(
        ClientNetwork.of(connection.getEndPoint().getRemoteSocketAddress()),
        limits,
        () -> 0,
        () -> {},
        clock.instant());
  }

  Instant now() {
    return clock.instant();
  }

  /** Ends whatever takes too long. To be called about once a second. */
  void check() {
    Instant now = clock.instant();
    open.values().forEach(visit -> visit.check(now));
  }
}
