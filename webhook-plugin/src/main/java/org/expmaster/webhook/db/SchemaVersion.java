package org.expmaster.webhook.db;

import java.util.Optional;

/**
 * Notices that a newer jar has migrated the tables while this one runs, as in an upgrade of one
 * master after the other. What this jar then reads and writes may be wrong.
 */
public final class SchemaVersion {
  private static final String NEWEST =
      "SELECT version FROM " + Migrations.HISTORY + " ORDER BY installed_rank DESC LIMIT 1";

  private final Database database;
  private final String mine;

  /** Remembers the present version. */
  public SchemaVersion(Database database) {
    this.database = database;
    this.mine = newest();
  }

  /** Returns what is wrong, for people; empty if nothing is. */
  public Optional<String> problem() {
    String now = newest();
    return now.equals(mine)
        ? Optional.empty()
        : Optional.of(
            "the tables of the webhooks have been migrated from version %s to %s by a newer plugin:"
                    .formatted(mine, now)
                + " install its jar on this master, too, and restart it");
  }

  private String newest() {
    return database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery(NEWEST).mapTo(String.class).findOne().orElse("none"));
  }
}
