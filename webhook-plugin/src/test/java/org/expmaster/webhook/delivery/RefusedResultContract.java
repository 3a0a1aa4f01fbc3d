package org.expmaster.webhook.delivery;

import static org.expmaster.webhook.outbox.DeliveryState.DEAD;
import static org.expmaster.webhook.outbox.DeliveryState.DELIVERED;
import static org.expmaster.webhook.outbox.DeliveryState.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.expmaster.webhook.delivery.FakeSender.Sent;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A result that the database refuses, for whatever reason, holds up no other result. */
abstract class RefusedResultContract {
  private static final int OTHERS = 40;

  private final FakeSender sender = new FakeSender();
  private TestDatabase testDatabase;
  private DeliveryFixture fixture;
  private DeliveryLoop loop;
  private long odd;

  abstract TestDatabase fresh();

  /** Returns SQL that makes the database refuse an operation on rows that meet a condition. */
  abstract String[] refusal(String operation, String table, String condition);

  abstract String allowed(String table);

  @BeforeEach
  void open() throws SQLException {
    testDatabase = fresh();
    fixture = new DeliveryFixture(testDatabase);
    loop = fixture.loop(sender, 1000, Duration.ofSeconds(10));
    odd = fixture.webhook(OTHERS);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aTextThatItRefusesIsLeftOutAndTheRestIsRecorded() throws SQLException {
    refuse("INSERT", "webhooks_history", "NEW.response LIKE '%snow%'");
    Sent refused = oddAmongOthers();
    answer(refused, 200, "snow");
    loop.turn();
    assertEquals(OTHERS + 1, fixture.count(DELIVERED));
    assertEquals("", loop.trouble());
  }

  @Test
  void aTextThatPostgresqlCannotHoldIsNoObstacle() throws SQLException {
    Sent refused = oddAmongOthers();
    answer(refused, 200, "a\0b");
    loop.turn();
    assertEquals(OTHERS + 1, fixture.count(DELIVERED));
  }

  @Test
  void aFailureWhoseTextItRefusesIsTriedAgainAndGivenUpLikeAnyOther() throws SQLException {
    refuse("INSERT", "webhooks_attempt", "NEW.response LIKE '%snow%'");
    Sent refused = oddAmongOthers();
    answer(refused, 500, "snow");
    loop.turn();
    assertEquals(OTHERS, fixture.count(DELIVERED));
    wait(Duration.ofSeconds(20));
    answer(sender.take().get(0), 500, "snow");
    loop.turn();
    assertEquals(1, fixture.count(DEAD));
  }

  @Test
  void anAttemptThatItRefusesAltogetherEndsNevertheless() throws SQLException {
    refuse("INSERT", "webhooks_history", "NEW.webhook_id = " + odd);
    Sent refused = oddAmongOthers();
    answer(refused, 200, "well");
    loop.turn();
    assertEquals(OTHERS, fixture.count(DELIVERED));
    assertEquals(0, fixture.count(WAITING));
    wait(DeliveryFixture.LEASE.multipliedBy(2));
    assertEquals(List.of(), sender.take());
  }

  @Test
  void anEndThatItRefusesToKnowIsNotSentAgainAndIsToldUntilItIsKnown() throws SQLException {
    refuse("DELETE", "webhooks_outbox", "OLD.webhook_id = " + odd);
    Sent refused = oddAmongOthers();
    answer(refused, 200, "well");
    loop.turn();
    assertEquals(OTHERS, fixture.count(DELIVERED));
    assertTrue(loop.trouble().contains("to webhook " + odd), loop.trouble());

    for (int lease = 0; lease < 3; lease++) {
      wait(DeliveryFixture.LEASE.plusSeconds(1));
      assertEquals(List.of(), sender.take(), "it has arrived");
      assertEquals(0, loop.outstanding());
    }
    allow("webhooks_outbox");
    wait(DeliveryFixture.LEASE.plusSeconds(1));
    loop.turn();
    assertEquals(OTHERS + 1, fixture.count(DELIVERED));
    assertEquals("", loop.trouble());
  }

  @Test
  void aHealthThatItRefusesStopsNobody() throws SQLException {
    refuse("INSERT", "webhooks_health", "NEW.webhook_id = " + odd);
    Sent gone = oddAmongOthers();
    answer(gone, 410, "");
    loop.turn();
    assertEquals(OTHERS, fixture.count(DELIVERED));
    assertTrue(loop.trouble().contains(Long.toString(odd)), loop.trouble());

    allow("webhooks_health");
    loop.poll();
    oddAmongOthers(0);
    loop.turn();
    assertTrue(fixture.health.unwell().get(odd).disabledAt().isPresent());
    assertEquals("", loop.trouble());
  }

  @Test
  void aDatabaseThatIsAwayLosesNothingAndBlamesNoResult() throws SQLException {
    Sent sent = oddAmongOthers();
    answer(sent, 200, "well");
    fixture.takeAway();
    assertThrows(Exception.class, loop::turn);
    assertEquals(OTHERS + 1, loop.toRecord());
    assertEquals("", loop.trouble());
    fixture.bringBack();
    loop.turn();
    assertEquals(OTHERS + 1, fixture.count(DELIVERED));
  }

  private Sent oddAmongOthers() throws SQLException {
    return oddAmongOthers(OTHERS).orElseThrow();
  }

  /** Returns the request to the odd webhook, if any; others have succeeded in the same batch. */
  private Optional<Sent> oddAmongOthers(int others) throws SQLException {
    long other = fixture.webhook(OTHERS);
    for (int i = 0; i < others; i++) {
      fixture.commit(other, "e" + i);
    }
    fixture.commit(odd, "odd");
    loop.announce(odd);
    loop.announce(other);
    loop.turn();
    Optional<Sent> found = Optional.empty();
    for (Sent sent : sender.take()) {
      if (sent.eventId().equals("odd")) {
        found = Optional.of(sent);
      } else {
        sent.answer(200);
      }
    }
    return found;
  }

  private static void answer(Sent sent, int status, String text) {
    sent.done()
        .accept(
            new Outcome.Answered(
                status, Optional.empty(), Optional.of(text), Duration.ofMillis(3)));
  }

  private void wait(Duration by) throws SQLException {
    fixture.clock.turn(by);
    loop.poll();
    loop.turn();
    loop.turn();
  }

  private void refuse(String operation, String table, String condition) throws SQLException {
    execute(refusal(operation, table, condition));
  }

  private void allow(String table) throws SQLException {
    execute(allowed(table));
  }

  private void execute(String... sql) throws SQLException {
    try (Connection connection = testDatabase.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String each : sql) {
        statement.execute(each);
      }
    }
  }
}
