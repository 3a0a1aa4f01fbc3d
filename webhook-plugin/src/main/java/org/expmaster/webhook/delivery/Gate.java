package org.expmaster.webhook.delivery;

import java.util.Optional;
import org.expmaster.webhook.http.Outcome;

/** Decides from earlier outcomes whether an attempt may begin. Thread-safe. */
interface Gate {

  /** Permits an attempt, or returns empty if none may begin now. */
  Optional<Circuit.Permit> begin(long webhookId);

  /**
   * Learns from an attempt that has ended. Never throws, since the caller still has to give back a
   * place and record a delivery.
   */
  void learn(long webhookId, Circuit.Permit permit, Outcome outcome);
}
