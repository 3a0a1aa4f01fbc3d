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
import org.expmaster.webhook.outbox.Unwritten;
import org.expmaster.webhook.telling.Log;

/**
 * Writes what the loop has to store: the results of attempts, and the health of webhooks. All of it
 * is written in one transaction; if the database refuses a part, the rest is written without it.
 * Confined to the loop's thread, except {@link #problem}.
 */
final class Ledger {
  private static final Log log = Log.of(Ledger.class);

  private final Database database;
  private final Outbox outbox;
  private final SharedHealth health;
  private final Circuits circuits;
  private final Unrecorded unrecorded;

  /** Results that failed for a temporary reason, until the next poll. */
  private final List<Result> later = new ArrayList<>();

  private final RefusedEnds refused;

  /** Webhooks whose health the database refuses to store. */
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

  /** Adds the result of an attempt, or a release. */
  void add(Result result) {
    unrecorded.add(result);
  }

  /** Returns the number of results to write. */
  int size() {
    return unrecorded.size();
  }

  /** Makes the next write retry what could not be written. */
  void again() {
    unrecorded.addAll(later);
    later.clear();
    retriesUnwritable = !unwritable.isEmpty();
    refused.forgetOld();
    describe();
  }

  /** Returns what the database refuses, as text; empty if nothing. Thread-safe. */
  String problem() {
    return problem;
  }

  /**
   * Returns whether a delivery has already ended and the database has refused its result. If so,
   * the result is added again under the new claim, instead of sending the delivery again.
   */
  boolean hasEnded(ClaimedDelivery claim) {
    Optional<Result> end = refused.of(claim);
    end.ifPresent(result -> add(result.of(claim)));
    return end.isPresent();
  }

  /** Claims. Writes the rest as well, unless it can wait for more results. */
  <T> T claim(Database.Work<T> claims) throws SQLException {
    return unrecorded.canWait() ? database.inForgettableTransaction(claims) : write(claims);
  }

  /** Writes everything; claims in the same transaction, or in its own if something is refused. */
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
        outbox.meters().unwritten(Unwritten.BATCH);
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
    // a lost commit is done again: a delivery may then be sent twice, but is never lost
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

  /** Records by halves until refused results are isolated: one of many costs a few transactions. */
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

    /** Ends the delivery, with as much of its result as the database stores. */
    private void end(Result result) throws SQLException {
      ClaimedDelivery claim = result.claim();
      String named = "delivery " + claim.id() + " to webhook " + claim.webhookId();
      if (isDone(connection -> outbox.record(connection, List.of(result.withoutText())))) {
        outbox.meters().unwritten(Unwritten.ANSWER);
        log.warn("{}: the database refused its answer's text, which is not kept", named);
      } else if (isDone(connection -> outbox.end(connection, result))) {
        outbox.meters().unwritten(Unwritten.ATTEMPT);
        log.error("{}: the database refused how it ended, which is not kept", named);
      } else {
        outbox.meters().unwritten(Unwritten.END);
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
    outbox.meters().unwritten(Unwritten.HEALTH);
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

  /** Returns why the database refused a step; empty if it did not. */
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
