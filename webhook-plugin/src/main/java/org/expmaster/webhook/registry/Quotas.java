package org.expmaster.webhook.registry;

import java.util.OptionalLong;

/**
 * How many webhooks there may be.
 *
 * @param perWorkspace in one workspace; those for all workspaces are in none
 * @param inAll in the whole registry
 */
public record Quotas(int perWorkspace, int inAll) {
  /** No bounds. */
  public static final Quotas NONE = new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** What it is called that sets {@link #perWorkspace}. */
  public static final String PER_WORKSPACE = "webhooks.max_webhooks_per_workspace";

  /** What it is called that sets {@link #inAll}. */
  public static final String IN_ALL = "webhooks.max_webhooks";

  public Quotas {
    if (perWorkspace < 1 || inAll < 1) {
      throw new IllegalArgumentException(
          "perWorkspace is " + perWorkspace + " and inAll is " + inAll);
    }
  }

  /**
   * Lets one more webhook pass.
   *
   * @throws QuotaException if there are as many as there may be
   */
  void requireRoom(RegistrySnapshot snapshot) {
    int present = snapshot.byId().size();
    if (present >= inAll) {
      throw new QuotaException("there are " + present + " webhooks", inAll, IN_ALL);
    }
  }

  /**
   * Lets one more webhook of a workspace pass.
   *
   * @throws QuotaException if there are as many as there may be
   */
  void requireRoom(RegistrySnapshot snapshot, OptionalLong workspaceId) {
    if (workspaceId.isEmpty()) {
      return;
    }
    long present =
        snapshot.byId().values().stream()
            .filter(webhook -> webhook.workspaceId().equals(workspaceId))
            .count();
    if (present >= perWorkspace) {
      throw new QuotaException(
          "workspace " + workspaceId.getAsLong() + " has " + present + " webhooks",
          perWorkspace,
          PER_WORKSPACE);
    }
  }
}
