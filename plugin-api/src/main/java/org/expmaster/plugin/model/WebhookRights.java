package org.expmaster.plugin.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a user may do with webhooks, at one moment. For a given webhook, the strongest right that
 * applies to it counts.
 *
 * @param everywhere the right to every webhook, whether of a workspace or for all workspaces; also
 *     to those of a workspace that no longer exists
 * @param global the right to webhooks for all workspaces, which are notified of events in any
 * @param workspaces the right to a workspace's own webhooks. Contains every existing workspace to
 *     whose webhooks the user has a right, also where that right follows from {@code everywhere};
 *     the record's own copy is unmodifiable and ordered by the workspaces' ids, at most one entry
 *     for each
 */
public record WebhookRights(Right everywhere, Right global, Map<Workspace, Right> workspaces) {

  /** Rights, from the weakest to the strongest. Each includes those before it. */
  public enum Right {
    /** None: the user does not learn that the webhooks exist. */
    NONE,
    /**
     * To see the webhooks and what became of their deliveries, without secrets: no URL beyond
     * scheme, host and port, no message that was sent, no answer that came back.
     */
    VIEW,
    /** To see everything of the webhooks, and to create, change, test and delete them. */
    EDIT;

    /** Returns whether this right includes another. */
    public boolean includes(Right other) {
      return compareTo(other) >= 0;
    }

    /** Returns the stronger of this right and another. */
    public Right or(Right other) {
      return includes(other) ? this : other;
    }
  }

  public WebhookRights {
    Objects.requireNonNull(everywhere, "everywhere");
    Objects.requireNonNull(global, "global");
    TreeMap<Workspace, Right> copy = new TreeMap<>(Comparator.comparingLong(Workspace::id));
    workspaces.forEach((workspace, right) -> copy.merge(workspace, right, Right::or));
    workspaces = Collections.unmodifiableMap(copy);
  }

  /** Returns the rights of a user who has these and others; the stronger of two counts. */
  public WebhookRights and(WebhookRights others) {
    TreeMap<Workspace, Right> both = new TreeMap<>(Comparator.comparingLong(Workspace::id));
    both.putAll(workspaces);
    others.workspaces.forEach((workspace, right) -> both.merge(workspace, right, Right::or));
    return new WebhookRights(everywhere.or(others.everywhere), global.or(others.global), both);
  }
}
