package org.expmaster.host.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.expmaster.host.auth.FirstStart;
import org.expmaster.host.auth.Passwords;
import org.expmaster.host.auth.UserStore;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.testing.TestDatabase;
import org.expmaster.host.workspace.ProjectStore;
import org.jdbi.v3.core.statement.StatementException;
import org.junit.jupiter.api.Test;

/** What opening a database guarantees, for every kind of database. */
abstract class DatabaseContract {
  abstract DbSettings newDatabase() throws Exception;

  /** Exceptions may be logged by whoever catches them, and bound values may be secrets. */
  @Test
  void whatIsThrownDoesNotRepeatWhatWasBound() throws Exception {
    try (Database database = Database.open(newDatabase())) {
      StatementException thrown =
          assertThrows(
              StatementException.class,
              () ->
                  database
                      .jdbi()
                      .useHandle(
                          handle ->
                              handle
                                  .createUpdate("INSERT INTO nowhere (hash) VALUES (:hash)")
                                  .bind("hash", "secret")
                                  .execute()));
      assertFalse(thrown.getMessage().contains("secret"), thrown::getMessage);
    }
  }

  @Test
  void ofMastersThatStartAtOnceExactlyOneMakesTheUsersAndAllHaveOneClusterId() throws Exception {
    DbSettings settings = newDatabase();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    Set<String> clusterIds = new HashSet<>();
    int generated = 0;
    Callable<List<String>> start =
        () -> {
          try (Database database = Database.open(settings)) {
            Optional<String> made =
                new FirstStart(new UserStore(database.jdbi()), new Passwords(1))
                    .run(Optional.empty());
            return List.of(MasterInfo.clusterId(database.jdbi()), made.orElse(""));
          }
        };
    List<Future<List<String>>> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starts.add(threads.submit(start));
    }
    for (Future<List<String>> one : starts) {
      clusterIds.add(one.get().get(0));
      generated += one.get().get(1).isEmpty() ? 0 : 1;
    }
    threads.shutdown();
    assertEquals(1, clusterIds.size());
    assertEquals(1, generated);
  }

  @Test
  void theFirstWorkspaceAndProjectAreThereFromTheStart() throws Exception {
    try (Database database = TestDatabase.open(newDatabase())) {
      var project = new ProjectStore(database.jdbi()).find(1).orElseThrow();
      assertEquals("Uncategorized", project.name());
      assertEquals(1, project.workspaceId());
      assertEquals("Uncategorized", project.workspaceName());
      assertEquals("admin", project.ownerName());
    }
  }

  @Test
  void aTransactionThatThrowsKeepsNothing() throws Exception {
    try (Database database = TestDatabase.open(newDatabase())) {
      assertThrows(
          IllegalStateException.class,
          () ->
              database
                  .jdbi()
                  .useTransaction(
                      handle -> {
                        handle.execute("INSERT INTO master_info (name, value) VALUES ('a', 'b')");
                        throw new IllegalStateException("rolled back");
                      }));
      boolean kept =
          database
              .jdbi()
              .withHandle(
                  handle ->
                      handle
                          .createQuery("SELECT 1 FROM master_info WHERE name = 'a'")
                          .mapTo(Integer.class)
                          .findOne()
                          .isPresent());
      assertFalse(kept);
    }
  }
}
