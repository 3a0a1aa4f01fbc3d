package org.expmaster.webhook.registry;

import java.util.List;

/** Snapshots of a registry that needs no database. */
public final class Snapshots {
  private Snapshots() {}

  /** A registry that holds these. */
  public static RegistrySnapshot of(Webhook... webhooks) {
    return new RegistrySnapshot(1, List.of(webhooks));
  }
}
