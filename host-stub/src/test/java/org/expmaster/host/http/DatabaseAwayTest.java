package org.expmaster.host.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DatabaseAwayTest {

  static Stream<Throwable> away() {
    return Stream.of(
        new SQLTransientConnectionException("the pool has none within 15 s"),
        new SQLException("connection refused", "08001", new ConnectException()),
        new SQLException("an I/O error occurred", "08006"),
        new SQLException("terminating connection due to administrator command", "57P01"),
        new SQLException("the database system is starting up", "57P03"),
        new SQLException("cannot execute INSERT in a read-only transaction", "25006"));
  }

  static Stream<Throwable> other() {
    SQLException chasesItsTail = new SQLException("syntax error", "42601");
    RuntimeException tail = new RuntimeException(chasesItsTail);
    chasesItsTail.initCause(tail);
    return Stream.of(
        new SQLException("duplicate key", "23505"),
        new SQLException("the disk is full", "53100"),
        new SQLException("no state at all"),
        chasesItsTail,
        new ConnectException("to somewhere else"),
        new NullPointerException());
  }

  @ParameterizedTest
  @MethodSource("away")
  void aDatabaseThatCannotBeReachedIs503HoweverDeepItIsWrapped(Throwable failure) {
    assertEquals(503, Failure.of("GET", "/x", failure).status());
    Throwable wrapped = new IllegalStateException(new RuntimeException(failure));
    assertEquals(503, Failure.of("GET", "/x", wrapped).status());
  }

  @ParameterizedTest
  @MethodSource("other")
  void anythingElseIsADefect(Throwable failure) {
    assertEquals(500, Failure.of("GET", "/x", failure).status());
  }
}
