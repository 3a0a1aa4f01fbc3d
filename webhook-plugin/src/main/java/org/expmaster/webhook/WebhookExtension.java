package org.expmaster.webhook;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.plugin.ExperimentLifecycleListener;
import org.expmaster.plugin.MasterConfig;
import org.expmaster.plugin.MasterTransaction;
import org.expmaster.plugin.MetricListener;
import org.expmaster.plugin.RepeatTransactionException;
import org.expmaster.plugin.TaskLogListener;
import org.expmaster.plugin.model.ExperimentStateChange;
import org.expmaster.plugin.model.TaskLogLine;
import org.expmaster.plugin.model.TrialMetric;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.outbox.Unwritten;
import org.expmaster.webhook.signing.SigningKeys;
import org.expmaster.webhook.signing.SigningKeys.Announced;
import org.pf4j.Extension;

/** Implements the master's extension points: translates, and decides nothing. */
@Extension
public final class WebhookExtension
    implements ExperimentLifecycleListener, TaskLogListener, MetricListener, MasterConfig {
  private final WebhookPlugin plugin;

  /** Called by the master. */
  public WebhookExtension(WebhookPlugin plugin) {
    this.plugin = plugin;
  }

  @Override
  public void stateChanged(ExperimentStateChange change, MasterTransaction transaction) {
    Webhooks webhooks = plugin.webhooks();
    StateChanged event = StateChanged.of(change.experiment(), change.at());
    write(
        "the webhooks of experiment " + change.experiment().id(),
        () -> {
          List<Long> told = webhooks.publisher.publish(event, transaction.connection());
          if (!told.isEmpty()) {
            transaction.afterCommit(() -> webhooks.delivery.announce(told));
          }
        });
  }

  @Override
  public void logged(List<TaskLogLine> lines, MasterTransaction transaction) {
    write(
        "what the log of task " + lines.get(0).task().id() + " fired",
        () -> plugin.webhooks().oncePublisher.publishLines(lines, transaction));
  }

  @Override
  public void reported(List<TrialMetric> metrics, MasterTransaction transaction) {
    write(
        "what the metrics of trial " + metrics.get(0).trialId() + " fired",
        () -> plugin.webhooks().oncePublisher.publishMetrics(metrics, transaction));
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws SQLException;
  }

  /** Asks the master to repeat its transaction where that may help: only the master can. */
  private void write(String what, Writing writing) {
    try {
      writing.run();
    } catch (SQLException failed) {
      throw again(what, failed)
          .orElseGet(
              () -> unwritten(new IllegalStateException(what + " could not be stored", failed)));
    } catch (RuntimeException failed) {
      throw again(what, failed).orElseGet(() -> unwritten(failed));
    }
  }

  private RuntimeException unwritten(RuntimeException failed) {
    plugin.webhooks().stores.outbox.meters().unwritten(Unwritten.EVENT);
    return failed;
  }

  private Optional<RuntimeException> again(String what, Exception failed) {
    return plugin.webhooks().database.dialect().asksToRepeat(failed)
        ? Optional.of(
            new RepeatTransactionException(
                what + " could not be stored now: " + failed.getMessage(), failed))
        : Optional.empty();
  }

  @Override
  public Map<String, Object> effective() {
    Webhooks webhooks = plugin.webhooks();
    SigningKeys keys = webhooks.signingKeys();
    String key = keys.current().reveal();
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("signing_key", key);
    section.put("next_signing_key", keys.next().map(next -> next.key().reveal()).orElse(""));
    section.put(
        "next_signing_key_from",
        keys.next().flatMap(Announced::signsFrom).map(Object::toString).orElse(""));
    section.put("base_url", webhooks.baseUrl().orElse(""));
    return Map.of("security", Map.of("webhook_signing_key", key), "webhooks", section);
  }
}
