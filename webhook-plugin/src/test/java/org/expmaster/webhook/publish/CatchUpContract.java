package org.expmaster.webhook.publish;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.testing.Fixtures;
import org.junit.jupiter.api.Test;

/** Which ends are told late, tested on every database. */
abstract class CatchUpContract extends CatchingUpContract {
  /** Returns what makes the database refuse the events of an experiment; of -1: takes it back. */
  abstract String refusing(long experimentId);

  @Test
  void whatEndsWhileThePluginIsAwayIsToldOnceItIsBack() throws Exception {
    fixture.webhook();
    fixture.start().look();
    fixture.pass(MINUTE);
    fixture.endUnheard(1);
    fixture.pass(Duration.ofDays(6));

    CatchUp back = fixture.start();
    back.look();
    assertEquals(Map.of(1L, 1L), fixture.told());
    for (int i = 0; i < 3; i++) {
      fixture.pass(MINUTE);
      back.look();
    }
    assertEquals(Map.of(1L, 1L), fixture.told());
  }

  @Test
  void thatNobodyComesToTheEndOfALookIsAProblem() throws Exception {
    CatchUp first = fixture.start();
    first.look();
    fixture.pass(Duration.ofDays(2));
    CatchUp back = fixture.start();
    assertEquals(Optional.empty(), back.problem(), "it has been away, and has just begun");
    fixture.pass(MINUTE.multipliedBy(20));
    assertEquals(
        Optional.of(
            "no master has come to the end of a look for ended experiments for 20 minutes:"
                + " what no listener has told of is told late"),
        back.problem());
    back.look();
    assertEquals(Optional.empty(), back.problem());
  }

  @Test
  void theFirstStartOnADatabaseTellsNothingOfThePast() throws Exception {
    fixture.webhook();
    fixture.endUnheard(1);
    fixture.pass(Duration.ofMillis(1));
    fixture.start().look();
    assertEquals(Map.of(), fixture.told());
  }

  @Test
  void anEndIsToldNeitherToAWebhookNorToATriggerThatIsNewer() throws Exception {
    long before = fixture.webhook();
    WebhookDraft onError = on(ExperimentState.ERROR);
    Webhook edited = fixture.registry.create(onError, 1);
    fixture.start().look();
    fixture.pass(MINUTE);
    fixture.endUnheard(1);
    fixture.pass(Duration.ofMillis(1));
    fixture.webhook();
    fixture.registry.update(
        edited.id(), edited.version(), on(ExperimentState.ERROR, ExperimentState.COMPLETED));

    fixture.pass(MINUTE);
    fixture.start().look();

    assertEquals(Map.of(1L, 1L), fixture.told());
    assertEquals(List.of(before), fixture.toldWebhooks());
  }

  private static WebhookDraft on(ExperimentState... states) {
    WebhookDraft draft = Fixtures.draft("");
    List<Trigger> triggers = Stream.of(states).<Trigger>map(Trigger.StateChange::new).toList();
    return new WebhookDraft(
        "", draft.endpoint(), draft.form(), draft.mode(), draft.workspaceId(), triggers);
  }

  @Test
  void whatEndedTooLongAgoIsNotTold() throws Exception {
    fixture.webhook();
    fixture.start().look();
    fixture.endUnheard(1);
    fixture.pass(Duration.ofHours(1));
    fixture.endUnheard(2);
    fixture.pass(CatchingUp.WITHIN.minusMinutes(1));
    fixture.start().look();
    assertEquals(Map.of(2L, 1L), fixture.told());
  }

  @Test
  void manyEndsAreToldInPagesEachOnceThoughTheMasterDiesInBetween() throws Exception {
    fixture.webhook();
    fixture.start().look();
    int many = CatchUp.PAGE + CatchUp.PAGE / 2;
    for (int id = 1; id <= many; id++) {
      // several at the same millisecond, across the end of a page
      fixture.pass(Duration.ofMillis(id % 6 == 0 ? 1 : 0));
      fixture.endUnheard(id);
    }
    fixture.pass(MINUTE);
    int[] batches = {0};
    fixture.experiments.beforeLookup(
        () -> {
          if (++batches[0] == 7) {
            throw new IllegalStateException("killed");
          }
        });
    assertThrows(IllegalStateException.class, () -> fixture.start().look());
    assertEquals(6 * LateEnds.BATCH, fixture.told().size());

    fixture.start().look();
    assertEquals(
        new TreeMap<>(LongStream.rangeClosed(1, many).boxed().collect(toMap(id -> id, id -> 1L))),
        fixture.told());
  }

  @Test
  void aRefusedEndIsToldWhenTheDatabaseTakesItAndKeepsNoOtherBack() throws Exception {
    fixture.webhook();
    CatchUp catchUp = fixture.start();
    catchUp.look();
    fixture.pass(MINUTE);
    fixture.execute(refusing(7));
    for (long id = 6; id <= 8; id++) {
      fixture.endUnheard(id);
    }
    assertThrows(IllegalStateException.class, catchUp::look);
    assertEquals(Map.of(6L, 1L, 8L, 1L), fixture.told());

    fixture.pass(Duration.ofHours(1));
    fixture.execute(refusing(-1));
    catchUp.look();
    assertEquals(Map.of(6L, 1L, 7L, 1L, 8L, 1L), fixture.told());
  }

  @Test
  void whatTheDatabaseRefusesForAWhileIsToldAfterwards() throws Exception {
    fixture.webhook();
    CatchUp catchUp = fixture.start();
    catchUp.look();
    fixture.pass(MINUTE);
    fixture.execute("ALTER TABLE webhooks_outbox RENAME TO away");
    assertThrows(Exception.class, () -> fixture.endHeard(1, fixture.masters.instant()));
    fixture.endUnheard(1);
    assertThrows(IllegalStateException.class, catchUp::look);
    fixture.execute("ALTER TABLE away RENAME TO webhooks_outbox");
    assertEquals(Map.of(), fixture.told());

    catchUp.look();
    assertEquals(Map.of(1L, 1L), fixture.told());
  }

  @Test
  void aMasterThatStopsEndsItsLookAndTheNextOneGoesOn() throws Exception {
    fixture.webhook();
    CatchUp stopping = fixture.start();
    fixture.pass(MINUTE);
    LongStream.rangeClosed(1, 50).forEach(fixture::endUnheard);
    fixture.experiments.beforeLookup(stopping::stop);
    stopping.look();
    assertEquals(LateEnds.BATCH, fixture.told().size());
    fixture.start().look();
    assertEquals(50, fixture.told().size());
  }

  @Test
  void aMasterThatCannotTellWhatHasEndedIsLeftAloneAndKeepsNoEventsLonger() {
    fixture.experiments.cannotTell();
    assertFalse(fixture.start().begin());
    assertEquals(Optional.empty(), fixture.start().needsSince());
  }

  @Test
  void anEndThatIsCommittedLateIsTold() throws Exception {
    fixture.webhook();
    CatchUp catchUp = fixture.start();
    fixture.pass(Duration.ofHours(2));
    fixture.endUnheard(1);
    catchUp.look();
    // or by a master whose clock is behind
    fixture.experiments.end(2, fixture.masters.instant().minus(Duration.ofHours(1)));
    fixture.pass(MINUTE);
    catchUp.look();
    assertEquals(Map.of(1L, 1L, 2L, 1L), fixture.told());
  }
}
