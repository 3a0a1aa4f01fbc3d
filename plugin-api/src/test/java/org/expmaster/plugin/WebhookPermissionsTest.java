package org.expmaster.plugin;

import static org.expmaster.plugin.model.WebhookRights.Right.EDIT;
import static org.expmaster.plugin.model.WebhookRights.Right.NONE;
import static org.expmaster.plugin.model.WebhookRights.Right.VIEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.WebhookRights;
import org.expmaster.plugin.model.Workspace;
import org.junit.jupiter.api.Test;

/** The rule of a master without roles. */
class WebhookPermissionsTest {
  private static final Caller ADMIN = new Caller(1, "admin", true);
  private static final Caller ANN = new Caller(2, "ann", false);
  private static final Workspace BOBS = new Workspace(4, "bob's", 5);
  private static final Workspace ANNS = new Workspace(3, "ann's", 2);

  private final List<Workspace> workspaces = new ArrayList<>(List.of(ANNS, BOBS));
  private int asked;
  private final WebhookPermissions rule = WebhookPermissions.withoutRoles(new Workspaces());

  @Test
  void anAdminEditsEverything() {
    assertEquals(new WebhookRights(EDIT, EDIT, Map.of(ANNS, EDIT, BOBS, EDIT)), rule.of(ADMIN));
  }

  @Test
  void anOwnerEditsWhatIsOfTheirWorkspaceAndSeesWhatIsForAll() {
    assertEquals(new WebhookRights(NONE, VIEW, Map.of(ANNS, EDIT)), rule.of(ANN));
  }

  @Test
  void whoOwnsNothingSeesWhatIsForAll() {
    assertEquals(
        new WebhookRights(NONE, VIEW, Map.of()), rule.of(new Caller(9, "stranger", false)));
  }

  @Test
  void theWorkspacesAreReadOnceForEachAnswerAndNoneIsKept() {
    rule.of(ANN);
    assertEquals(1, asked);
    workspaces.remove(ANNS);
    assertEquals(Map.of(), rule.of(ANN).workspaces());
    assertEquals(2, asked);
  }

  @Test
  void whatAMasterCannotReadItDoesNotAnswer() {
    WebhookPermissions away =
        WebhookPermissions.withoutRoles(
            new Workspaces() {
              @Override
              public List<Workspace> workspaces() {
                throw new IllegalStateException("the database is away");
              }
            });
    assertThrows(IllegalStateException.class, () -> away.of(ADMIN));
  }

  private class Workspaces implements Experiments {
    @Override
    public Optional<Experiment> experiment(long id) {
      return Optional.empty();
    }

    @Override
    public Optional<Experiment> experiment(long id, Caller caller) {
      return Optional.empty();
    }

    @Override
    public Optional<Workspace> workspace(long id) {
      return Optional.empty();
    }

    @Override
    public List<Workspace> workspaces() {
      asked++;
      return List.copyOf(workspaces);
    }
  }
}
