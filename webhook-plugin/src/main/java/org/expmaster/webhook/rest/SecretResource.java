package org.expmaster.webhook.rest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.audit.Act;
import org.expmaster.webhook.audit.Action;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.signing.WebhookSecret;
import org.expmaster.webhook.signing.WebhookSecrets;
import org.expmaster.webhook.signing.WebhookSecrets.Previous;
import tools.jackson.databind.node.ObjectNode;

/** Shows and rotates the secret of one webhook over REST, for those who may edit the webhook. */
public final class SecretResource {
  private final WebhookRegistry registry;
  private final WebhookAccess access;
  private final Auditing auditing;
  private final Duration overlap;
  private final Clock clock;

  /**
   * Answers from this registry.
   *
   * @param overlap how long after a rotation the previous secret signs as well
   * @param clock the time that all masters of the database share
   */
  public SecretResource(
      WebhookRegistry registry,
      WebhookAccess access,
      Auditing auditing,
      Duration overlap,
      Clock clock) {
    this.registry = registry;
    this.access = access;
    this.auditing = auditing;
    this.overlap = overlap;
    this.clock = clock;
  }

  Response show(Request request) {
    Webhook webhook = current(request);
    if (webhook.secrets().current().isEmpty()) {
      // created by an older version of the plugin; another request may make it first
      registry.updateSecrets(webhook, WebhookSecrets.generated());
      webhook = current(request);
    }
    return answer(webhook.secrets());
  }

  Response rotate(Request request) {
    Webhook webhook = current(request);
    Instant now = Instant.ofEpochMilli(clock.millis()); // as it is stored
    boolean immediately = Rotations.immediately(request);
    Optional<Previous> overlapping = webhook.secrets().overlapping(now);
    if (overlapping.isPresent() && !immediately) {
      throw Rotations.pending("the secret before", overlapping.get().until());
    }
    WebhookSecrets next =
        immediately ? WebhookSecrets.generated() : webhook.secrets().rotated(now.plus(overlap));
    Act act = auditing.act(request, Action.SECRET_ROTATED, Rotations.detail(immediately));
    if (!registry.updateSecrets(webhook, next, act)) {
      throw new ApiException(
          ApiException.Reason.ABORTED, "the secret has been rotated meanwhile; read it again");
    }
    auditing.done(act, webhook.id());
    return answer(next);
  }

  /** Reads what other masters have written first: a secret shown must be the one that signs. */
  private Webhook current(Request request) {
    registry.refresh();
    return access.editable(request);
  }

  private Response answer(WebhookSecrets secrets) {
    Optional<Previous> previous = secrets.overlapping(clock.instant());
    ObjectNode document = Json.empty();
    document.put("secret", secrets.current().map(WebhookSecret::reveal).orElse(null));
    document.put("previousSecret", previous.map(was -> was.secret().reveal()).orElse(null));
    document.put("previousUntil", WebhookJson.text(previous.map(Previous::until)));
    return Json.response(document, Map.of("Cache-Control", "no-store"));
  }
}
