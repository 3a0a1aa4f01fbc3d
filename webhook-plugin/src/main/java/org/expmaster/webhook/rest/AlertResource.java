package org.expmaster.webhook.rest;

import java.sql.SQLException;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.UUID;
import org.expmaster.plugin.Experiments;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.webhook.event.Alert;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.telling.Log;

/** Accepts alerts over REST, from an experiment's code or from a person. */
public final class AlertResource {
  private static final Log log = Log.of(AlertResource.class);

  private final Experiments experiments;
  private final Outlet outlet;
  private final AlertQuota quota;
  private final Clock clock;

  /** Accepts alerts of these experiments, and publishes as many as the quota allows. */
  public AlertResource(Experiments experiments, Outlet outlet, AlertQuota quota, Clock clock) {
    this.experiments = experiments;
    this.outlet = outlet;
    this.quota = quota;
    this.clock = clock;
  }

  /** Publishes alerts. */
  @FunctionalInterface
  public interface Outlet {
    /** Publishes an alert; returns once its deliveries are committed. */
    void publish(CustomAlert alert) throws SQLException;
  }

  /**
   * Answers an alert beyond the quota with status 200 and the reason it was left out: alerts come
   * from training code, whose client ends the job at any other status, and a job is worth more than
   * its three-thousandth alert. Webhooks that get alerts are sent one notice of this per minute.
   */
  Response alert(Request request) throws SQLException {
    RequestedAlert requested =
        RequestedAlert.of(Json.lenientObject(request.body(), "{\"data\": …, \"experimentId\": …}"));
    Experiment experiment =
        experiments
            .experiment(requested.experimentId(), request.requireCaller())
            .orElseThrow(
                () -> ApiException.notFound("there is no experiment " + requested.experimentId()));
    AlertQuota.Decision decision = quota.count(experiment.id());
    if (decision == AlertQuota.Decision.DELIVER) {
      publish(experiment, requested.trialId(), requested.alert());
      return Json.response(Json.empty());
    }
    String words = quota.words(experiment.id());
    if (decision == AlertQuota.Decision.LEAVE_OUT_FIRST) {
      log.warn("{}", words);
      publish(
          experiment,
          OptionalLong.empty(),
          new Alert("Alerts are left out", words, Alert.Level.WARNING));
    }
    return Json.response(Json.empty().put("leftOut", words));
  }

  private void publish(Experiment experiment, OptionalLong trialId, Alert alert)
      throws SQLException {
    outlet.publish(new CustomAlert(UUID.randomUUID(), clock.instant(), experiment, trialId, alert));
  }
}
