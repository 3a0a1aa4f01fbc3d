package org.expmaster.webhook.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.expmaster.webhook.signing.WebhookSecrets;
import org.expmaster.webhook.testing.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the secrets of webhooks are stored and followed; tested on every database. */
abstract class StoredSecretsContract extends RegistriesContract {
  private static final Instant UNTIL = Instant.parse("2026-03-01T12:00:00Z");

  private WebhookRegistry registry;
  private Webhook webhook;

  @BeforeEach
  void createWebhook() {
    registry = registries.another();
    webhook = registry.create(Fixtures.draft("mine"), 1);
  }

  @Test
  void aNewWebhookHasASecretThatEveryMasterReads() {
    assertTrue(webhook.secrets().current().isPresent());
    assertEquals(webhook, in(registries.another()));
  }

  @Test
  void anotherMasterFollowsARotation() {
    WebhookRegistry there = registries.another();
    WebhookSecrets rotated = webhook.secrets().rotated(UNTIL);

    assertTrue(registry.updateSecrets(webhook, rotated));

    assertEquals(rotated, in(registry).secrets());
    there.refresh();
    assertEquals(rotated, in(there).secrets());
    assertEquals(webhook.version(), in(there).version());
  }

  @Test
  void ofTwoRotationsOfTheSameSecretOneSucceeds() {
    WebhookSecrets first = webhook.secrets().rotated(UNTIL);
    assertTrue(registry.updateSecrets(webhook, first));
    assertFalse(registries.another().updateSecrets(webhook, webhook.secrets().rotated(UNTIL)));
    assertEquals(first, in(registries.another()).secrets());
  }

  @Test
  void anEditKeepsTheSecretAndADeletionEndsIt() {
    assertTrue(registry.update(webhook.id(), webhook.version(), Fixtures.draft("edited")));
    assertEquals(webhook.secrets(), in(registries.another()).secrets());
    assertTrue(registry.delete(webhook.id(), 2));
    assertFalse(registry.updateSecrets(webhook, webhook.secrets().rotated(UNTIL)));
  }

  @Test
  void aWebhookWithoutASecretIsReadAndGetsOne() {
    assertTrue(registry.updateSecrets(webhook, WebhookSecrets.NONE));
    Webhook without = in(registries.another());
    assertEquals(WebhookSecrets.NONE, without.secrets());
    assertTrue(registry.updateSecrets(without, WebhookSecrets.generated()));
    assertFalse(registry.updateSecrets(without, WebhookSecrets.generated()), "it has one now");
  }

  @Test
  void aPreviousSecretIsDeletedWhenItsTimeIsOverAndNotBefore() {
    assertTrue(registry.updateSecrets(webhook, webhook.secrets().rotated(UNTIL)));
    registry.deletePreviousSecrets(UNTIL.minusMillis(1));
    assertTrue(in(registries.another()).secrets().previous().isPresent());
    registry.deletePreviousSecrets(UNTIL);
    WebhookSecrets left = in(registries.another()).secrets();
    assertTrue(left.previous().isEmpty());
    assertEquals(in(registry).secrets().current(), left.current());
  }

  private Webhook in(WebhookRegistry of) {
    return of.snapshot().find(webhook.id()).orElseThrow();
  }
}
