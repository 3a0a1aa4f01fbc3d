package org.expmaster.webhook;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.expmaster.plugin.ExperimentLifecycleListener;
import org.expmaster.plugin.MasterConfig;
import org.expmaster.plugin.MasterTransaction;
import org.expmaster.plugin.MetricListener;
import org.expmaster.plugin.TaskLogListener;
import org.expmaster.plugin.model.ExperimentStateChange;
import org.expmaster.plugin.model.TaskLogLine;
import org.expmaster.plugin.model.TrialMetric;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.pf4j.Extension;

/** The plugin as the master's extension points see it; translates, and decides nothing. */
@Extension
public final class WebhookExtension
    implements ExperimentLifecycleListener, TaskLogListener, MetricListener, MasterConfig {
  private final WebhookPlugin plugin;

  /** Made by the master. */
  public WebhookExtension(WebhookPlugin plugin) {
    this.plugin = plugin;
  }

  @Override
  public void stateChanged(ExperimentStateChange change, MasterTransaction transaction) {
    Webhooks webhooks = plugin.webhooks();
    StateChanged event = new StateChanged(UUID.randomUUID(), change.at(), change.experiment());
    try {
      List<Long> told = webhooks.publisher().publish(event, transaction.connection());
      if (!told.isEmpty()) {
        transaction.afterCommit(() -> webhooks.deliveries().announce(told));
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(
          "the webhooks of experiment " + change.experiment().id() + " could not be stored",
          failed);
    }
  }

  @Override
  public void logged(List<TaskLogLine> lines, MasterTransaction transaction) {
    plugin.webhooks().oncePublisher().publishLines(lines, transaction);
  }

  @Override
  public void reported(List<TrialMetric> metrics, MasterTransaction transaction) {
    plugin.webhooks().oncePublisher().publishMetrics(metrics, transaction);
  }

  @Override
  public Map<String, Object> effective() {
    Webhooks webhooks = plugin.webhooks();
    String key = webhooks.revealKey();
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("signing_key", key);
    section.put("base_url", webhooks.baseUrl().orElse(""));
    return Map.of("security", Map.of("webhook_signing_key", key), "webhooks", section);
  }
}
