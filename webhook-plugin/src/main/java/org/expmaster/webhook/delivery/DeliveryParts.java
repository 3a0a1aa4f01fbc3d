package org.expmaster.webhook.delivery;

import java.time.Clock;
import java.util.function.Supplier;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.http.Sender;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.signing.Signer;

/**
 * What delivering works with.
 *
 * @param clock by which rows become due and leases end; the same as the outbox's
 * @param signer gives the signer of the moment, asked at every attempt
 */
public record DeliveryParts(
    Database database,
    Outbox outbox,
    HealthStore health,
    Targets targets,
    Supplier<Signer> signer,
    Sender sender,
    Verdict verdict,
    Clock clock) {}
