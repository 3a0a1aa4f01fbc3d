package org.expmaster.webhook.delivery;

import java.time.Clock;
import java.util.function.Supplier;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.signing.Signer;

/**
 * What delivering works with.
 *
 * @param signer gives the signer of the moment, asked at every attempt
 */
public record DeliveryParts(
    Outbox outbox,
    Targets targets,
    Supplier<Signer> signer,
    Sender sender,
    Verdict verdict,
    Clock clock) {}
