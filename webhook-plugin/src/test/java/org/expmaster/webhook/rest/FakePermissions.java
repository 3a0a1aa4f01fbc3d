package org.expmaster.webhook.rest;

import static org.expmaster.plugin.model.WebhookRights.Right.NONE;

import java.util.HashMap;
import java.util.Map;
import org.expmaster.plugin.Experiments;
import org.expmaster.plugin.WebhookPermissions;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.model.WebhookRights;
import org.expmaster.plugin.model.WebhookRights.Right;

/** The rule of a master without roles, and further rights that a test gives. */
final class FakePermissions implements WebhookPermissions {
  private static final WebhookRights NOTHING = new WebhookRights(NONE, NONE, Map.of());

  private final Experiments experiments;
  private final Map<Long, WebhookRights> given = new HashMap<>();

  /** How often the master was asked. */
  int asked;

  FakePermissions(Experiments experiments) {
    this.experiments = experiments;
  }

  void give(Caller caller, Right everywhere) {
    given.put(caller.userId(), new WebhookRights(everywhere, NONE, Map.of()));
  }

  void give(Caller caller, long workspaceId, Right right) {
    given.put(
        caller.userId(),
        new WebhookRights(
            NONE, NONE, Map.of(experiments.workspace(workspaceId).orElseThrow(), right)));
  }

  void takeAll(Caller caller) {
    given.remove(caller.userId());
  }

  @Override
  public WebhookRights of(Caller caller) {
    asked++;
    return WebhookPermissions.withoutRoles(experiments)
        .of(caller)
        .and(given.getOrDefault(caller.userId(), NOTHING));
  }
}
