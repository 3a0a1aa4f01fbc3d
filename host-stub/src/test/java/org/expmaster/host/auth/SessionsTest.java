package org.expmaster.host.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.expmaster.host.db.Database;
import org.expmaster.host.testing.TestClock;
import org.expmaster.host.testing.TestDatabase;
import org.expmaster.plugin.http.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionsTest {
  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private Database database;
  private Sessions sessions;

  @BeforeEach
  void open() {
    database = TestDatabase.open(TestDatabase.sqlite(directory));
    sessions = new Sessions(database.jdbi(), clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private UserStore.WithHash admin() {
    return new UserStore(database.jdbi()).byName("admin").orElseThrow();
  }

  private String begin() {
    return sessions.begin(admin()).orElseThrow();
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
    String token = begin();
    assertEquals(Optional.of(new Caller(1, "admin", true)), sessions.caller(token));
    assertEquals(Optional.empty(), sessions.caller(token + "x"));
    sessions.end(token);
    assertEquals(Optional.empty(), sessions.caller(token));
  }

  @Test
  void aTokenRunsOutAfterAWeekAndIsThenForgotten() {
    String token = begin();
    clock.advance(Duration.ofDays(7));
    assertEquals("admin", sessions.caller(token).orElseThrow().username());
    clock.advance(Duration.ofMillis(1));
    assertEquals(Optional.empty(), sessions.caller(token));
    begin();
    assertEquals(1, stored().size());
  }

  @Test
  void theDatabaseHoldsNoToken() {
    String token = begin();
    assertEquals(List.of(Digests.sha256(token)), stored());
  }

  @Test
  void aUserWhoIsNoLongerActiveIsNobody() {
    String token = begin();
    database.jdbi().useHandle(h -> h.execute("UPDATE users SET active = FALSE WHERE id = 1"));
    assertFalse(sessions.caller(token).isPresent());
  }

  @Test
  void aChangedPasswordEndsEverySessionOfTheUsersAndTheOneThatIsAboutToBegin() {
    UserStore users = new UserStore(database.jdbi());
    UserStore.WithHash compared = admin();
    String mine = begin();
    String other = sessions.begin(users.byName("determined").orElseThrow()).orElseThrow();
    assertTrue(users.setPassword(1, "another"));
    assertFalse(sessions.caller(mine).isPresent());
    assertTrue(sessions.caller(other).isPresent());
    // this login compared the password before it was changed
    assertEquals(Optional.empty(), sessions.begin(compared));
    assertFalse(users.setPassword(99, "another"));
  }

  @Test
  void onlyAnActiveUserBeginsASession() {
    UserStore.WithHash compared = admin();
    database.jdbi().useHandle(h -> h.execute("UPDATE users SET active = FALSE WHERE id = 1"));
    assertEquals(Optional.empty(), sessions.begin(compared));
  }
}
