package org.expmaster.webhook.registry;

import java.util.List;

/** Creates registry snapshots without a database. */
public final class Snapshots {
  private Snapshots() {}

  /** Returns a snapshot of these webhooks. */
  public static RegistrySnapshot of(Webhook... webhooks) {
    return new RegistrySnapshot(1, List.of(webhooks));
  }
}
