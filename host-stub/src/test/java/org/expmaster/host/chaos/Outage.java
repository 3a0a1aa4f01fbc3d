package org.expmaster.host.chaos;

import java.time.Instant;

/** Something was still well at {@code from}, and what it left undone was known by {@code to}. */
record Outage(Instant from, Instant to) {}
