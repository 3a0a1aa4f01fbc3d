package org.expmaster.webhook.delivery;

import java.util.Optional;
import org.expmaster.webhook.http.Outcome;

/** Whether attempts may begin, to judge by how those before them ended. Any thread may use it. */
interface Gate {

  /** Lets an attempt begin, if one may. */
  Optional<Circuit.Permit> begin(long webhookId);

  /**
   * An attempt has ended. Never throws: whoever calls has a place to give back, and a delivery to
   * record.
   */
  void learn(long webhookId, Circuit.Permit permit, Outcome outcome);
}
