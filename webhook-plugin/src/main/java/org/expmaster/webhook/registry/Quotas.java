package org.expmaster.webhook.registry;

import java.util.OptionalLong;

/**
 * Limits the number of webhooks.
 *
 * @param perWorkspace the maximum in one workspace; webhooks for all workspaces are in none
 * @param inAll the maximum in the whole registry
 */
public record Quotas(int perWorkspace, int inAll) {
  /** No limits. */
  public static final Quotas NONE = new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** The name of the setting for {@link #perWorkspace}. */
  public static final String PER_WORKSPACE = "webhooks.max_webhooks_per_workspace";

  /** The name of the setting for {@link #inAll}. */
  public static final String IN_ALL = "webhooks.max_webhooks";

  public Quotas {
    if (perWorkspace < 1 || inAll < 1) {
      throw new IllegalArgumentException(
          "perWorkspace is " + perWorkspace + " and inAll is " + inAll);
    }
  }

  /**
   * Checks that one more webhook may be created.
   *
   * @throws QuotaException if the maximum is reached
   */
  void requireRoom(RegistrySnapshot snapshot) {
    int present = snapshot.byId().size();
    if (present >= inAll) {
      throw new QuotaException("there are " + present + " webhooks", inAll, IN_ALL);
    }
  }

  /**
   * Checks that a workspace may have one more webhook.
   *
   * @throws QuotaException if the maximum is reached
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
