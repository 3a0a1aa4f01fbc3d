package org.expmaster.host.db;

import org.jdbi.v3.core.Jdbi;

/** What the database knows of the cluster as a whole. */
public final class MasterInfo {
  private MasterInfo() {}

  /** The same on every master that shares this database, and after every restart. */
  public static String clusterId(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT value FROM master_info WHERE name = 'cluster_id'")
                .mapTo(String.class)
                .one());
  }
}
