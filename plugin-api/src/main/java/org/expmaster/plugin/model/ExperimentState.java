package org.expmaster.plugin.model;

/** The states of an experiment, with Determined's names (without the {@code STATE_} prefix). */
public enum ExperimentState {
  /** Its owner has paused it; it holds no slots. */
  PAUSED,
  /** It may be scheduled. */
  ACTIVE,
  /** It waits for slots. */
  QUEUED,
  /** Its container image is being fetched. */
  PULLING,
  /** Its containers are starting. */
  STARTING,
  /** Its code is running. */
  RUNNING,
  /** It completed and is being cleaned up. */
  STOPPING_COMPLETED,
  /** It was killed and is being cleaned up. */
  STOPPING_KILLED,
  /** It was canceled and is being cleaned up. */
  STOPPING_CANCELED,
  /** It failed and is being cleaned up. */
  STOPPING_ERROR,
  /** It completed successfully. Final. */
  COMPLETED,
  /** Someone stopped it. Final. */
  CANCELED,
  /** It failed. Final. */
  ERROR;

  /** Returns whether an experiment in this state has ended and never changes its state again. */
  public boolean isFinal() {
    return this == COMPLETED || this == CANCELED || this == ERROR;
  }
}
