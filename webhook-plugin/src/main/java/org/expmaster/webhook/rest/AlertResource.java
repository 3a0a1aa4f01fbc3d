package org.expmaster.webhook.rest;

import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;
import org.expmaster.plugin.Experiments;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;

/** Alerts over REST: what an experiment's code, or a person, has to say. */
public final class AlertResource {
  private final Experiments experiments;
  private final Outlet outlet;
  private final Clock clock;

  /** Looks experiments up here, and hands alerts on there. */
  public AlertResource(Experiments experiments, Outlet outlet, Clock clock) {
    this.experiments = experiments;
    this.outlet = outlet;
    this.clock = clock;
  }

  /** Where alerts go. */
  @FunctionalInterface
  public interface Outlet {
    /** Returns once its deliveries have been committed. */
    void publish(CustomAlert alert) throws SQLException;
  }

  Response alert(Request request) throws SQLException {
    RequestedAlert requested =
        RequestedAlert.of(Json.object(request.body(), "{\"data\": …, \"experimentId\": …}"));
    Experiment experiment =
        experiments
            .experiment(requested.experimentId(), request.requireCaller())
            .orElseThrow(
                () -> ApiException.notFound("there is no experiment " + requested.experimentId()));
    outlet.publish(
        new CustomAlert(
            UUID.randomUUID(),
            clock.instant(),
            experiment,
            requested.trialId(),
            requested.alert()));
    return Json.response(Json.empty());
  }
}
