package org.expmaster.host.db;

import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Facts about the cluster, which all masters of a database share. */
public final class MasterInfo {
  private MasterInfo() {}

  /** Returns an id that is the same on all masters of this database, and after every restart. */
  public static String clusterId(Jdbi jdbi) {
    return find(jdbi, "cluster_id").orElseThrow();
  }

  /** Returns the value of this name, or empty if none is stored. */
  public static Optional<String> find(Jdbi jdbi, String name) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT value FROM master_info WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne());
  }

  public static void store(Jdbi jdbi, String name, String value) {
    new Transactions(jdbi)
        .run(
            one ->
                one.handle()
                    .execute(
                        """
                        INSERT INTO master_info (name, value) VALUES (?, ?)
                        ON CONFLICT (name) DO UPDATE SET value = excluded.value
                        """,
                        name,
                        value));
  }
}
