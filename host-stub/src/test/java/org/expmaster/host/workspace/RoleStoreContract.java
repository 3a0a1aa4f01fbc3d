package org.expmaster.host.workspace;

import static org.expmaster.plugin.model.WebhookRights.Right.EDIT;
import static org.expmaster.plugin.model.WebhookRights.Right.NONE;
import static org.expmaster.plugin.model.WebhookRights.Right.VIEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.db.Database;
import org.expmaster.host.testing.TestDatabase;
import org.expmaster.host.workspace.RoleStore.Given;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.model.WebhookRights;
import org.expmaster.plugin.model.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the table of roles guarantees, for every kind of database. */
abstract class RoleStoreContract {
  private static final long ADMIN = 1;
  private static final long NOBODY = 99;

  private Database database;
  private RoleStore roles;
  private Workspace first;
  private Workspace second;
  private long user;

  abstract DbSettings newDatabase() throws Exception;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.open(newDatabase());
    roles = new RoleStore(database.jdbi());
    WorkspaceStore workspaces = new WorkspaceStore(database.jdbi());
    first = workspaces.add("first", ADMIN).orElseThrow();
    second = workspaces.add("second", ADMIN).orElseThrow();
    user =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("SELECT id FROM users WHERE username = 'determined'")
                        .mapTo(Long.class)
                        .one());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aUserHasOneRoleInAWorkspaceTheLastGiven() {
    assertTrue(roles.put(first.id(), user, Role.VIEWER));
    assertTrue(roles.put(second.id(), user, Role.VIEWER));
    assertTrue(roles.put(first.id(), user, Role.EDITOR));
    assertEquals(Map.of(first, Role.EDITOR, second, Role.VIEWER), roles.of(user));
    assertEquals(List.of(new Given(user, "determined", Role.EDITOR)), roles.in(first.id()));
  }

  @Test
  void theRolesOfAWorkspaceAreOrderedByUser() {
    roles.put(first.id(), user, Role.VIEWER);
    roles.put(first.id(), ADMIN, Role.EDITOR);
    assertEquals(List.of(ADMIN, user), roles.in(first.id()).stream().map(Given::userId).toList());
  }

  @Test
  void aRoleTakenAwayIsGoneAndOthersStay() {
    roles.put(first.id(), user, Role.VIEWER);
    roles.put(second.id(), user, Role.EDITOR);
    assertTrue(roles.delete(first.id(), user));
    assertFalse(roles.delete(first.id(), user));
    assertEquals(Map.of(second, Role.EDITOR), roles.of(user));
  }

  @Test
  void nobodyHasARoleNowhereHasOne() {
    assertFalse(roles.put(first.id(), NOBODY, Role.VIEWER));
    assertFalse(roles.put(NOBODY, user, Role.VIEWER));
    assertEquals(List.of(), roles.in(first.id()));
    assertEquals(Map.of(), roles.of(user));
  }

  @Test
  void rolesAddToWhatAUserMayWithoutThem() {
    WebhookRights without = new WebhookRights(NONE, VIEW, Map.of(second, EDIT));
    RolePermissions permissions = new RolePermissions(caller -> without, roles);
    Caller caller = new Caller(user, "determined", false);
    assertEquals(without, permissions.of(caller));
    roles.put(first.id(), user, Role.VIEWER);
    roles.put(second.id(), user, Role.VIEWER);
    assertEquals(
        new WebhookRights(NONE, VIEW, Map.of(first, VIEW, second, EDIT)), permissions.of(caller));
    roles.put(first.id(), user, Role.EDITOR);
    assertEquals(EDIT, permissions.of(caller).workspaces().get(first));
    roles.delete(first.id(), user);
    assertEquals(without, permissions.of(caller));
  }
}
