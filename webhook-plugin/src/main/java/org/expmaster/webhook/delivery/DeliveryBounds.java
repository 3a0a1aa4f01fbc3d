package org.expmaster.webhook.delivery;

import java.time.Duration;

/**
 * The limits and intervals of the delivery loop.
 *
 * @param lease how long a claim lasts; longer than an exchange may take
 * @param maxInFlight the maximum number of requests in flight that are not slow yet
 * @param maxSlow the maximum number of slow requests in flight besides those
 * @param linger how long a few results wait for more, to share a transaction
 * @param pollInterval how often to look for due deliveries that are not announced
 * @param disableAfter how long all attempts may fail before a webhook is disabled
 */
public record DeliveryBounds(
    Duration lease,
    int maxInFlight,
    int maxSlow,
    Duration linger,
    Duration pollInterval,
    Duration disableAfter) {}
