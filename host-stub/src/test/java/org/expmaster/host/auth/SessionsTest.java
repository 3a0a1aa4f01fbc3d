package org.expmaster.host.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.expmaster.host.db.Database;
import org.expmaster.host.testing.TestDatabase;
import org.expmaster.plugin.http.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionsTest {
  private static final User ADMIN = new User(1, "admin", true, true);

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private Database database;
  private Sessions sessions;

  private static final class TestClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void open() {
    database = TestDatabase.open(TestDatabase.sqlite(directory));
    sessions = new Sessions(database.jdbi(), clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private List<String> stored() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery("SELECT token_hash FROM sessions").mapTo(String.class).list());
  }

  @Test
  void aTokenIsItsUsersUntilItIsEnded() {
    String token = sessions.begin(ADMIN);
    assertEquals(Optional.of(new Caller(1, "admin", true)), sessions.caller(token));
    assertEquals(Optional.empty(), sessions.caller(token + "x"));
    sessions.end(token);
    assertEquals(Optional.empty(), sessions.caller(token));
  }

  @Test
  void aTokenRunsOutAfterAWeekAndIsThenForgotten() {
    String token = sessions.begin(ADMIN);
    clock.now = clock.now.plus(Duration.ofDays(7));
    assertEquals("admin", sessions.caller(token).orElseThrow().username());
    clock.now = clock.now.plusMillis(1);
    assertEquals(Optional.empty(), sessions.caller(token));
    sessions.begin(ADMIN);
    assertEquals(1, stored().size());
  }

  @Test
  void theDatabaseHoldsNoToken() {
    String token = sessions.begin(ADMIN);
    assertEquals(List.of(Digests.sha256(token)), stored());
  }

  @Test
  void aUserWhoIsNoLongerActiveIsNobody() {
    String token = sessions.begin(ADMIN);
    database.jdbi().useHandle(h -> h.execute("UPDATE users SET active = FALSE WHERE id = 1"));
    assertFalse(sessions.caller(token).isPresent());
  }
}
