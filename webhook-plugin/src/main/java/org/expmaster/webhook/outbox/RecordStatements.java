package org.expmaster.webhook.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records how deliveries ended, each only if the lease is still the one it was claimed with.
 * Recording ends the lease, so that doing it twice (a commit whose answer got lost) does nothing.
 */
final class RecordStatements {
  private static final String DELETE = "DELETE FROM webhooks_outbox WHERE id = ? AND lease = ?";
  private static final String FAIL =
      """
      UPDATE webhooks_outbox
      SET due_at = ?, problem = ?, attempts = attempts + 1, lease = lease + 1
      WHERE id = ? AND lease = ?""";
  private static final String RELEASE =
      "UPDATE webhooks_outbox SET due_at = 0, lease = lease + 1 WHERE id = ? AND lease = ?";

  private RecordStatements() {}

  static void record(Connection connection, List<Result> results) throws SQLException {
    List<ClaimedDelivery> delivered = new ArrayList<>();
    List<ClaimedDelivery> released = new ArrayList<>();
    List<Failure> failed = new ArrayList<>();
    for (Result result : results) {
      if (result instanceof Result.Delivered) {
        delivered.add(result.claim());
      } else if (result instanceof Result.Released) {
        released.add(result.claim());
      } else if (result instanceof Result.Retry retry) {
        failed.add(new Failure(retry.claim(), Optional.of(retry.due()), retry.problem()));
      } else if (result instanceof Result.GivenUp givenUp) {
        failed.add(new Failure(givenUp.claim(), Optional.empty(), givenUp.problem()));
      }
    }
    byLease(connection, DELETE, delivered);
    byLease(connection, RELEASE, released);
    fail(connection, failed);
  }

  /** A failed sending, and when to try again, if ever. */
  private record Failure(ClaimedDelivery claim, Optional<Instant> due, String problem) {}

  private static void byLease(Connection connection, String sql, List<ClaimedDelivery> claims)
      throws SQLException {
    if (claims.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (ClaimedDelivery claim : claims) {
        statement.setLong(1, claim.id());
        statement.setLong(2, claim.lease());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void fail(Connection connection, List<Failure> failures) throws SQLException {
    if (failures.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(FAIL)) {
      for (Failure failure : failures) {
        if (failure.due().isPresent()) {
          statement.setLong(1, failure.due().get().toEpochMilli());
        } else {
          statement.setNull(1, Types.BIGINT);
        }
        statement.setString(2, failure.problem());
        statement.setLong(3, failure.claim().id());
        statement.setLong(4, failure.claim().lease());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
