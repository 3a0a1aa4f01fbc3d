package org.expmaster.webhook.rest;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.http.Caller;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.signing.WebhookSecrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsTest {
  private static final long HERS = 3;
  private static final long HIS = 4;
  private static final long NOBODYS = 99;

  private final Caller admin = new Caller(1, "admin", true);
  private final Caller ann = new Caller(2, "ann", false);

  private final Permissions permissions =
      new Permissions(new FakeExperiments().workspace(HERS, 2).workspace(HIS, 5));

  /** A workspace id of 0 means all workspaces. */
  @ParameterizedTest
  @CsvSource({
    "admin, 0, true, true",
    "admin, 3, true, true",
    "admin, 4, true, true",
    "admin, 99, true, true",
    "ann, 0, true, false",
    "ann, 3, true, true",
    "ann, 4, false, false",
    "ann, 99, false, false"
  })
  void whoMaySeeAndWhoMayEdit(String who, long workspaceId, boolean see, boolean edit) {
    Caller caller = who.equals("admin") ? admin : ann;
    assertEquals(see, permissions.maySee(caller, webhook(workspaceId)));
    assertEquals(edit, permissions.mayEdit(caller, workspace(workspaceId)));
  }

  @Test
  void whoMayEditIsLetThrough() {
    assertDoesNotThrow(() -> permissions.requireEdit(ann, workspace(HERS)));
    assertDoesNotThrow(() -> permissions.requireEdit(admin, workspace(0)));
  }

  @Test
  void whoMayNotIsToldWhoMay() {
    ApiException one =
        assertThrows(ApiException.class, () -> permissions.requireEdit(ann, workspace(HIS)));
    assertEquals(Reason.PERMISSION_DENIED, one.reason());
    assertTrue(one.getMessage().contains("owner of workspace 4"), one.getMessage());
    ApiException all =
        assertThrows(ApiException.class, () -> permissions.requireEdit(ann, workspace(0)));
    assertEquals(Reason.PERMISSION_DENIED, all.reason());
    assertTrue(all.getMessage().contains("all workspaces"), all.getMessage());
  }

  @Test
  void whoMayNotCannotTellAWorkspaceThatIsFromOneThatIsNot() {
    ApiException his =
        assertThrows(ApiException.class, () -> permissions.requireEdit(ann, workspace(HIS)));
    ApiException nobodys =
        assertThrows(ApiException.class, () -> permissions.requireEdit(ann, workspace(NOBODYS)));
    assertEquals(
        his.getMessage().replace(" " + HIS, ""), nobodys.getMessage().replace(" " + NOBODYS, ""));
    assertEquals(his.reason(), nobodys.reason());
  }

  @Test
  void aWorkspaceExistsWhereTheMasterKnowsIt() {
    assertTrue(permissions.exists(HIS));
    assertEquals(false, permissions.exists(NOBODYS));
  }

  private static OptionalLong workspace(long id) {
    return id == 0 ? OptionalLong.empty() : OptionalLong.of(id);
  }

  private static Webhook webhook(long workspaceId) {
    return new Webhook(
        1,
        1,
        "",
        Endpoint.at("http://receiver.example/hook"),
        PayloadForm.DEFAULT,
        WebhookMode.WORKSPACE,
        workspace(workspaceId),
        List.of(),
        WebhookSecrets.NONE);
  }
}
