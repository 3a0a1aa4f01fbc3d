package org.expmaster.host.chaos;

import java.time.Instant;

/** Everything still worked at {@code from}; what was interrupted was known by {@code to}. */
record Outage(Instant from, Instant to) {}
