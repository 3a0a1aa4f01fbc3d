package org.expmaster.webhook;

import java.sql.SQLException;
import org.expmaster.plugin.MasterContext;
import org.expmaster.plugin.MasterPlugin;

/** Starts and stops the plugin. */
public final class WebhookPlugin extends MasterPlugin {
  private Webhooks webhooks;

  /** Called by the master. */
  public WebhookPlugin(MasterContext master) {
    super(master);
  }

  @Override
  public void start() {
    try {
      webhooks = Webhooks.start(master());
    } catch (SQLException failed) {
      throw new IllegalStateException(
          "the master's database could not be prepared: " + failed.getMessage(), failed);
    }
  }

  @Override
  public void stop() {
    webhooks.stop();
  }

  /** Returns the plugin as wired by {@link #start()}, for its extensions. */
  Webhooks webhooks() {
    return webhooks;
  }
}
