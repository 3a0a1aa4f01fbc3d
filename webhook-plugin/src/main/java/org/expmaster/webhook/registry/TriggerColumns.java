package org.expmaster.webhook.registry;

import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.registry.Trigger.StateChange;

/** How a trigger is stored: its type, and its condition as that type writes it. */
record TriggerColumns(String type, String condition) {
  private static final String STATE_CHANGE = "EXPERIMENT_STATE_CHANGE";

  static TriggerColumns of(Trigger trigger) {
    // a switch over the sealed types once Java 21 is the baseline
    if (trigger instanceof StateChange change) {
      return new TriggerColumns(STATE_CHANGE, change.state().name());
    }
    throw new IllegalArgumentException("no columns for " + trigger);
  }

  Trigger trigger() {
    return switch (type) {
      case STATE_CHANGE -> new StateChange(ExperimentState.valueOf(condition));
      default -> throw new IllegalStateException("webhooks_trigger.type is " + type);
    };
  }
}
