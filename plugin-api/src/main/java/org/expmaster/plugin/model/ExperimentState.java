package org.expmaster.plugin.model;

/**
 * The states an experiment can be in, named as Determined names them (without its {@code STATE_}
 * prefix).
 */
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
  /** Its work is done and is being tidied up. */
  STOPPING_COMPLETED,
  /** It was killed and is being tidied up. */
  STOPPING_KILLED,
  /** It was canceled and is being tidied up. */
  STOPPING_CANCELED,
  /** It failed and is being tidied up. */
  STOPPING_ERROR,
  /** It did what it was asked to. Final. */
  COMPLETED,
  /** Someone stopped it. Final. */
  CANCELED,
  /** It failed. Final. */
  ERROR;

  /** Whether an experiment in this state has ended and never changes its state again. */
  public boolean isFinal() {
    return this == COMPLETED || this == CANCELED || this == ERROR;
  }
}
