package org.expmaster.webhook.rest;

import static org.expmaster.webhook.rest.RestFixture.ADMIN;
import static org.expmaster.webhook.rest.RestFixture.ANN;
import static org.expmaster.webhook.rest.RestFixture.MAX_ALERTS;
import static org.expmaster.webhook.rest.RestFixture.MAX_BYTES;
import static org.expmaster.webhook.rest.RestFixture.MAX_TRIGGERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.event.Alert;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Quotas;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Checks the limits on what users can have stored or sent. */
class QuotaTest {
  private static final int MAX_WEBHOOKS = 6;
  private static final int MAX_WEBHOOKS_OF_A_WORKSPACE = 3;
  private static final String PATCH = "PATCH /api/v1/webhooks/{id}";

  @TempDir Path directory;
  private RestFixture rest;

  @BeforeEach
  void open() {
    rest =
        new RestFixture(
            TestDatabase.sqlite(directory), new Quotas(MAX_WEBHOOKS_OF_A_WORKSPACE, MAX_WEBHOOKS));
    rest.experiments
        .experiment(Fixtures.experiment(7, ExperimentState.RUNNING))
        .experiment(Fixtures.experiment(8, ExperimentState.RUNNING));
  }

  @AfterEach
  void close() {
    rest.close();
  }

  @Test
  void aWebhookWithTooManyTriggersIsRefusedWithTheNumberTheLimitAndTheSetting() throws Exception {
    rest.create(ANN, 3, MAX_TRIGGERS);
    refused(
        "triggers has 51 entries, and may have 50, as webhooks.max_triggers says",
        Reason.INVALID_ARGUMENT,
        () -> rest.create(ANN, 3, MAX_TRIGGERS + 1));
    refused(
        "triggers has 51 entries, and may have 50, as webhooks.max_triggers says",
        Reason.INVALID_ARGUMENT,
        () -> edit(RestFixture.webhook(3, MAX_TRIGGERS + 1)));
  }

  @Test
  void aWebhookThatHasTooManyAlreadyCanStillBeEdited() throws Exception {
    Trigger error = new Trigger.StateChange(ExperimentState.ERROR);
    rest.registry.create(
        new WebhookDraft(
            "",
            Endpoint.at("https://receiver.example"),
            PayloadForm.DEFAULT,
            WebhookMode.WORKSPACE,
            OptionalLong.of(3),
            Collections.nCopies(MAX_TRIGGERS + 2, error)),
        1);
    edit("{\"name\": \"renamed\"}");
    edit(RestFixture.webhook(3, MAX_TRIGGERS + 1));
    assertThrows(
        ApiException.class, () -> edit(RestFixture.webhook(3, MAX_TRIGGERS + 2)), "not more again");
  }

  @Test
  void aWorkspaceHasNoMoreWebhooksThanItMayAndOthersGoOn() throws Exception {
    for (int i = 0; i < MAX_WEBHOOKS_OF_A_WORKSPACE; i++) {
      rest.create(ANN, 3, 1);
    }
    String full =
        "workspace 3 has 3 webhooks, and may have no more than 3, as"
            + " webhooks.max_webhooks_per_workspace says";
    refused(full, Reason.FAILED_PRECONDITION, () -> rest.create(ANN, 3, 1));
    rest.create(ADMIN, 4, 1);
    rest.create(ADMIN, 0, 1);
    refused(
        full,
        Reason.FAILED_PRECONDITION,
        () -> rest.call(ADMIN, PATCH, Map.of("id", "4"), "{\"workspaceId\": 3}"));
    edit("{\"name\": \"stays where it is\"}");
  }

  @Test
  void thereAreNoMoreWebhooksInAllThanThereMayBe() throws Exception {
    for (int i = 0; i < MAX_WEBHOOKS; i++) {
      rest.create(ADMIN, 0, 1);
    }
    refused(
        "there are 6 webhooks, and may have no more than 6, as webhooks.max_webhooks says",
        Reason.FAILED_PRECONDITION,
        () -> rest.create(ADMIN, 0, 1));
    rest.call(ADMIN, "DELETE /api/v1/webhooks/{id}", Map.of("id", "1"), "");
    rest.create(ADMIN, 0, 1);
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() {
    String body = "[".repeat(MAX_BYTES + 1);
    refused(
        "the body has 100001 bytes, and may have no more than 100000, as webhooks.max_bytes says",
        Reason.TOO_LARGE,
        () -> rest.call(ADMIN, "POST /api/v1/webhooks", Map.of(), body));
  }

  @Test
  void anAlertBeyondTheQuotaEndsNoJobAndItsReceiversAreToldOnce() throws Exception {
    for (int i = 0; i < MAX_ALERTS; i++) {
      assertEquals("{}", alert(7).toString());
    }
    for (int i = 0; i < 5; i++) {
      assertEquals(
          "experiment 7 has sent more than 100 alerts within a minute, as many as"
              + " webhooks.max_alerts lets through; further ones are left out until"
              + " 2026-03-01T12:01:00Z",
          alert(7).get("leftOut").stringValue());
    }
    assertEquals(MAX_ALERTS + 1, rest.alerts.size());
    Alert told = rest.alerts.get(MAX_ALERTS).alert();
    assertEquals(Alert.Level.WARNING, told.level());
    assertTrue(told.description().contains("left out until"), told.description());

    assertEquals("{}", alert(8).toString(), "another experiment's");
    rest.clock.turn(Duration.ofMinutes(1));
    assertEquals("{}", alert(7).toString(), "a minute later");
    assertEquals(MAX_ALERTS + 3, rest.alerts.size());
  }

  private JsonNode alert(long experimentId) throws Exception {
    return rest.call(
        ANN,
        "POST /api/v1/webhooks/custom",
        Map.of(),
        "{\"data\": {\"title\": \"t\", \"level\": \"INFO\"}, \"experimentId\": "
            + experimentId
            + "}");
  }

  private void edit(String changes) throws Exception {
    rest.call(ANN, PATCH, Map.of("id", "1"), changes);
  }

  private interface Request {
    void make() throws Exception;
  }

  private static void refused(String words, Reason reason, Request request) {
    ApiException refused = assertThrows(ApiException.class, request::make);
    assertEquals(words, refused.getMessage());
    assertEquals(reason, refused.reason());
  }
}
