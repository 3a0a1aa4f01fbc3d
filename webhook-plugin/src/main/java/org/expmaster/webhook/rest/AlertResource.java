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

/** Alerts over REST: what an experiment's code, or a person, has to say. */
public final class AlertResource {
  private static final Log log = Log.of(AlertResource.class);

  private final Experiments experiments;
  private final Outlet outlet;
  private final AlertQuota quota;
  private final Clock clock;

  /** Looks experiments up here, and hands alerts on there, as many as the quota lets through. */
  public AlertResource(Experiments experiments, Outlet outlet, AlertQuota quota, Clock clock) {
    this.experiments = experiments;
    this.outlet = outlet;
    this.quota = quota;
    this.clock = clock;
  }

  /** Where alerts go. */
  @FunctionalInterface
  public interface Outlet {
    /** Returns once its deliveries have been committed. */
    void publish(CustomAlert alert) throws SQLException;
  }

  /**
   * An alert beyond the quota is answered with 200 and with what became of it: alerts come from
   * training code, whose client ends the job at any other answer, and a job is worth more than its
   * three-thousandth alert. Those who are told of alerts hear of it once a minute.
   */
  Response alert(Request request) throws SQLException {
    RequestedAlert requested =
        RequestedAlert.of(Json.object(request.body(), "{\"data\": …, \"experimentId\": …}"));
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
