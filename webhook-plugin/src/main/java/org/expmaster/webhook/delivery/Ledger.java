package org.expmaster.webhook.delivery;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.expmaster.webhook.db.Blame;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.outbox.Result;
import org.expmaster.webhook.telling.Log;

/**
 * What the loop has to write: how attempts ended, and what they say of the webhooks' health. All of
 * it in one transaction; where the database refuses something of it, the rest is written without.
 * Confined to the delivery loop, but for {@link #problem}.
 */
final class Ledger {
  private static final Log log = Log.of(Ledger.class);

  private final Database database;
  private final Outbox outbox;
  private final SharedHealth health;
  private final Circuits circuits;
  private final Unrecorded unrecorded;

  /** Results that something stood in the way of, until the next poll. */
  private final List<Result> later = new ArrayList<>();

  private final RefusedEnds refused;

  /** Webhooks whose health the database refuses. */
  private final Set<Long> unwritable = new LinkedHashSet<>();

  private boolean retriesUnwritable;
  private volatile String problem = "";

  Ledger(Outbox outbox, SharedHealth health, Circuits circuits, Unrecorded unrecorded) {
    this.database = outbox.database();
    this.outbox = outbox;
    this.refused = new RefusedEnds(outbox.clock());
    this.health = health;
    this.circuits = circuits;
    this.unrecorded = unrecorded;
  }

  /** An attempt has ended, or a delivery is given back. */
  void add(Result result) {
    unrecorded.add(result);
  }

  /** How many results the database does not have yet. */
  int size() {
    return unrecorded.size();
  }

  /** Has what was refused tried once more with the next writing. */
  void again() {
    unrecorded.addAll(later);
    later.clear();
    retriesUnwritable = !unwritable.isEmpty();
    refused.forgetOld();
    describe();
  }

  /** What the database refuses, in words; empty if nothing. From any thread. */
  String problem() {
    return problem;
  }

  /**
   * Whether a delivery has ended already, and only the database does not know. That is tried once
   * more then, under the new claim, instead of sending it again.
   */
  boolean hasEnded(ClaimedDelivery claim) {
    Optional<Result> end = refused.of(claim);
    end.ifPresent(result -> add(result.of(claim)));
    return end.isPresent();
  }

  /** Claims; writes the rest as well, unless that can wait for company. */
  <T> T claim(Database.Work<T> claims) throws SQLException {
    return unrecorded.canWait() ? database.inForgettableTransaction(claims) : write(claims);
  }

  /**
   * Writes everything.
   *
   * @param claims is done in the same transaction, or in one of its own if something is refused
   */
  <T> T write(Database.Work<T> claims) throws SQLException {
    List<Circuit.Finding> findings = findings();
    List<Circuit.Finding> written = new ArrayList<>();
    T claimed;
    try {
      claimed = together(findings, written, claims);
      unrecorded.all().forEach(result -> refused.remove(result.claim()));
      unrecorded.clear();
      written.forEach(finding -> unwritable.remove(finding.webhookId()));
      describe();
    } catch (SQLException | RuntimeException failure) {
      if (database.dialect().blame(failure) == Blame.DATABASE) {
        throw failure;
      }
      log.debug("a batch was refused, and is written in parts: {}", Reasons.of(failure));
      written.clear();
      inParts(findings, written);
      claimed = database.inForgettableTransaction(claims);
    }
    retriesUnwritable = false;
    health.written(findings, written);
    return claimed;
  }

  private List<Circuit.Finding> findings() {
    List<Circuit.Finding> all = circuits.findings();
    if (unwritable.isEmpty()) {
      return all;
    }
    unwritable.retainAll(all.stream().map(Circuit.Finding::webhookId).toList());
    return retriesUnwritable
        ? all
        : all.stream().filter(found -> !unwritable.contains(found.webhookId())).toList();
  }

  private <T> T together(
      List<Circuit.Finding> findings, List<Circuit.Finding> written, Database.Work<T> claims)
      throws SQLException {
    // forgotten, it is done again: a delivery twice, but never lost
    return database.inForgettableTransaction(
        connection -> {
          written.clear();
          outbox.record(connection, unrecorded.all());
          written.addAll(health.write(connection, findings));
          return claims.with(connection);
        });
  }

  private void inParts(List<Circuit.Finding> findings, List<Circuit.Finding> written)
      throws SQLException {
    Parts parts = new Parts();
    parts.record(List.copyOf(unrecorded.all()));
    unrecorded.clear();
    later.addAll(parts.later);
    for (Circuit.Finding finding : findings) {
      write(finding, written);
    }
    describe();
  }

  /** Records in halves, until what is refused is alone: one of many costs a few transactions. */
  private final class Parts {
    final List<Result> later = new ArrayList<>();

    void record(List<Result> results) throws SQLException {
      Optional<Blame> blame = attempt(connection -> outbox.record(connection, results));
      int half = results.size() / 2;
      if (blame.isEmpty()) {
        results.forEach(result -> refused.remove(result.claim()));
      } else if (half > 0) {
        record(results.subList(0, half));
        record(results.subList(half, results.size()));
      } else if (blame.get() == Blame.MOMENT) {
        later.addAll(results);
      } else {
        end(results.get(0));
      }
    }

    /** The delivery must end, whatever can be kept of how it did. */
    private void end(Result result) throws SQLException {
      ClaimedDelivery claim = result.claim();
      String named = "delivery " + claim.id() + " to webhook " + claim.webhookId();
      if (isDone(connection -> outbox.record(connection, List.of(result.withoutText())))) {
        log.warn("{}: the database refused its answer's text, which is not kept", named);
      } else if (isDone(connection -> outbox.end(connection, result))) {
        log.error("{}: the database refused how it ended, which is not kept", named);
      } else {
        log.error("{}: the database refused that it has ended; it is not sent again", named);
        refused.add(result.of(claim.withoutBody()));
        return;
      }
      refused.remove(claim);
    }
  }

  private void write(Circuit.Finding finding, List<Circuit.Finding> written) throws SQLException {
    for (Circuit.Finding form : List.of(finding, finding.withoutReason())) {
      List<Circuit.Finding> taken = new ArrayList<>();
      if (isDone(
          connection -> {
            taken.clear();
            taken.addAll(health.write(connection, List.of(form)));
          })) {
        unwritable.remove(finding.webhookId());
        if (!taken.isEmpty()) {
          written.add(finding);
        }
        return;
      }
    }
    if (unwritable.add(finding.webhookId())) {
      log.error("webhook {}: the database refused to store its health", finding.webhookId());
    }
  }

  private interface Step {
    void with(Connection connection) throws SQLException;
  }

  private boolean isDone(Step step) throws SQLException {
    return attempt(step).isEmpty();
  }

  /** Why the database did not take it; empty if it did. */
  private Optional<Blame> attempt(Step step) throws SQLException {
    try {
      database.inForgettableTransaction(
          connection -> {
            step.with(connection);
            return null;
          });
      return Optional.empty();
    } catch (SQLException | RuntimeException failure) {
      Blame blame = database.dialect().blame(failure);
      if (blame == Blame.DATABASE) {
        throw failure;
      }
      return Optional.of(blame);
    }
  }

  private void describe() {
    List<String> problems = new ArrayList<>();
    refused.described().ifPresent(problems::add);
    if (!unwritable.isEmpty()) {
      problems.add(
          "the database refuses to store the health of webhooks, such as "
              + unwritable.iterator().next());
    }
    problem = String.join("; ", problems);
  }
}
