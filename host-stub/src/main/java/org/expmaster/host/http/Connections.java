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
 * All that are open: a bounded number, and none of them waits for its client for ever. Thread-safe.
 *
 * <p>One too many is not turned away. Instead one whose client is waited for is closed, of the
 * network that has the most, and of these the one that has been slow for longest. Whoever sends a
 * request at once is answered, however many others dawdle, and from wherever they do.
 */
final class Connections implements Connection.Listener {
  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  private final Map<Connection, Visit> open = new ConcurrentHashMap<>();
  private final Limits limits;
  private final Clock clock;

  /**
   * @param clock one that nobody sets
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

  /** The visit that a connection is. */
  Visit visit(Connection connection) {
    Visit visit = open.get(connection);
    // one that was closed a moment ago has no more to be watched for
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

  /** Ends whatever takes too long. To be called every second or so. */
  void check() {
    Instant now = clock.instant();
    open.values().forEach(visit -> visit.check(now));
  }
}
