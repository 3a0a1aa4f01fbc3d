package org.expmaster.webhook.rest;

import static org.expmaster.plugin.model.WebhookRights.Right.EDIT;
import static org.expmaster.plugin.model.WebhookRights.Right.NONE;
import static org.expmaster.plugin.model.WebhookRights.Right.VIEW;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.model.WebhookRights;
import org.expmaster.plugin.model.WebhookRights.Right;
import org.expmaster.plugin.model.Workspace;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.signing.WebhookSecrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RightsTest {
  private static final long SEEN = 3;
  private static final long EDITED = 4;
  private static final long UNKNOWN = 99;

  /** The webhook's workspace is 3 (VIEW), 4 (EDIT), 99 (not given), or 0 for all workspaces. */
  @ParameterizedTest
  @CsvSource({
    "NONE, NONE,  0, NONE, false",
    "NONE, VIEW,  0, VIEW, false",
    "NONE, EDIT,  0, EDIT, true",
    "VIEW, NONE,  0, VIEW, true",
    "EDIT, NONE,  0, EDIT, true",
    "NONE, EDIT,  3, VIEW, true",
    "EDIT, NONE,  3, EDIT, true",
    "NONE, NONE,  4, EDIT, true",
    "VIEW, NONE,  4, EDIT, true",
    "NONE, EDIT, 99, NONE, false",
    "VIEW, NONE, 99, VIEW, true",
    "EDIT, NONE, 99, EDIT, true"
  })
  void theStrongestRightThatAppliesCounts(
      Right everywhere, Right global, long workspaceId, Right expected, boolean deliveries) {
    Rights rights = rights(everywhere, global);
    Webhook webhook = webhook(workspaceId);
    assertEquals(expected.includes(VIEW), rights.maySee(webhook));
    assertEquals(expected == EDIT, rights.mayEdit(webhook.workspaceId()));
    assertEquals(deliveries, rights.maySeeDeliveries(webhook));
  }

  @Test
  void aWorkspaceToWhichThereIsNoRightIsNotThere() {
    Rights rights =
        Rights.of(new WebhookRights(NONE, VIEW, Map.of(new Workspace(SEEN, "three", 1), NONE)));
    assertEquals(Map.of(), rights.workspaces());
    assertFalse(rights.maySee(webhook(SEEN)));
  }

  @Test
  void whoMayEditIsLetThrough() {
    assertDoesNotThrow(() -> rights(NONE, VIEW).requireEdit(workspace(EDITED)));
    assertDoesNotThrow(() -> rights(NONE, EDIT).requireEdit(workspace(0)));
  }

  @Test
  void whoMayNotIsToldWhomToAskAndNotWhetherTheWorkspaceExists() {
    Rights rights = rights(NONE, VIEW);
    ApiException seen = assertThrows(ApiException.class, () -> rights.requireEdit(workspace(SEEN)));
    ApiException unknown =
        assertThrows(ApiException.class, () -> rights.requireEdit(workspace(UNKNOWN)));
    ApiException all = assertThrows(ApiException.class, () -> rights.requireEdit(workspace(0)));
    assertEquals(
        "you may not edit webhooks of workspace 3; ask its owner or an admin", seen.getMessage());
    assertEquals(seen.getMessage().replace("3", "99"), unknown.getMessage());
    assertEquals("you may not edit webhooks for all workspaces; ask an admin", all.getMessage());
    for (ApiException denied : List.of(seen, unknown, all)) {
      assertEquals(Reason.PERMISSION_DENIED, denied.reason());
    }
  }

  @Test
  void aWorkspaceExistsWhereTheMasterNamesIt() {
    assertTrue(rights(EDIT, NONE).exists(SEEN));
    assertFalse(rights(EDIT, NONE).exists(UNKNOWN));
  }

  private static Rights rights(Right everywhere, Right global) {
    return Rights.of(
        new WebhookRights(
            everywhere,
            global,
            Map.of(new Workspace(SEEN, "three", 1), VIEW, new Workspace(EDITED, "four", 1), EDIT)));
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
