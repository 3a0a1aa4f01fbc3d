package org.expmaster.webhook.registry;

import java.util.Objects;
import org.expmaster.plugin.model.ExperimentState;

/** What makes a webhook fire. */
public sealed interface Trigger {

  /** An experiment has come into this state. */
  record StateChange(ExperimentState state) implements Trigger {
    public StateChange {
      Objects.requireNonNull(state, "state");
    }
  }
}
