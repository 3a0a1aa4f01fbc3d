package org.expmaster.webhook.delivery;

import java.time.Duration;

/**
 * How the delivering is bounded.
 *
 * @param lease how long a claim lasts; longer than an exchange may take
 * @param maxInFlight how many requests may be under way at once, in all
 * @param pollInterval how often to look for what nobody announces
 * @param disableAfter how long a webhook may fail throughout before it is disabled
 */
public record DeliveryBounds(
    Duration lease, int maxInFlight, Duration pollInterval, Duration disableAfter) {}
