package org.expmaster.webhook.delivery;

import java.time.Duration;

/**
 * How the delivering is bounded.
 *
 * @param lease how long a claim lasts; longer than an exchange may take
 * @param maxInFlight how many requests may be under way that are not slow yet
 * @param maxSlow how many slow requests may be under way beside them
 * @param linger how long a few results wait for more, to share a transaction
 * @param pollInterval how often to look for what nobody announces
 * @param disableAfter how long a webhook may fail throughout before it is disabled
 */
public record DeliveryBounds(
    Duration lease,
    int maxInFlight,
    int maxSlow,
    Duration linger,
    Duration pollInterval,
    Duration disableAfter) {}
