package org.expmaster.plugin.model;

import static org.expmaster.plugin.model.WebhookRights.Right.EDIT;
import static org.expmaster.plugin.model.WebhookRights.Right.NONE;
import static org.expmaster.plugin.model.WebhookRights.Right.VIEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.plugin.model.WebhookRights.Right;
import org.junit.jupiter.api.Test;

class WebhookRightsTest {
  private static final Workspace THREE = new Workspace(3, "three", 1);
  private static final Workspace FOUR = new Workspace(4, "four", 1);
  private static final Workspace FIVE = new Workspace(5, "five", 1);

  @Test
  void eachRightIncludesThoseBeforeIt() {
    assertTrue(EDIT.includes(VIEW) && VIEW.includes(NONE) && VIEW.includes(VIEW));
    assertFalse(VIEW.includes(EDIT) || NONE.includes(VIEW));
  }

  @Test
  void ofTwoRightsTheStrongerCountsWhicheverIsFirst() {
    WebhookRights one = new WebhookRights(NONE, VIEW, Map.of(THREE, VIEW, FOUR, EDIT));
    WebhookRights other =
        new WebhookRights(VIEW, NONE, Map.of(THREE, EDIT, FOUR, VIEW, FIVE, VIEW));
    WebhookRights both = new WebhookRights(VIEW, VIEW, Map.of(THREE, EDIT, FOUR, EDIT, FIVE, VIEW));
    assertEquals(both, one.and(other));
    assertEquals(both, other.and(one));
  }

  @Test
  void aWorkspaceIsOneHoweverItIsNamedAndTheOrderIsThatOfTheIds() {
    Workspace renamed = new Workspace(3, "renamed", 1);
    WebhookRights rights =
        new WebhookRights(NONE, NONE, Map.of(FOUR, VIEW, THREE, VIEW, renamed, EDIT));
    assertEquals(
        List.of(3L, 4L), rights.workspaces().keySet().stream().map(Workspace::id).toList());
    assertEquals(List.of(EDIT, VIEW), List.copyOf(rights.workspaces().values()));
  }

  @Test
  void whatIsDoneToTheMapLaterChangesNothing() {
    Map<Workspace, Right> given = new HashMap<>(Map.of(THREE, VIEW));
    WebhookRights rights = new WebhookRights(NONE, NONE, given);
    given.put(FOUR, EDIT);
    assertEquals(Map.of(THREE, VIEW), rights.workspaces());
    assertThrows(UnsupportedOperationException.class, () -> rights.workspaces().put(FOUR, EDIT));
  }
}
