package org.expmaster.host.db;

import org.jdbi.v3.core.Jdbi;

/** Reads facts about the cluster from the database. */
public final class MasterInfo {
  private MasterInfo() {}

  /** Returns an id that is the same on all masters of this database, and after every restart. */
  public static String clusterId(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT value FROM master_info WHERE name = 'cluster_id'")
                .mapTo(String.class)
                .one());
  }
}
