package org.expmaster.plugin;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** Named background work that a plugin runs on threads of its own. */
public interface BackgroundExecutor {

  /** Returns the name, unique within the plugin: lower-case letters, digits and hyphens. */
  String name();

  /**
   * Starts the work and returns promptly. The master calls it once.
   *
   * @throws Exception if the work cannot start; the master then stops the plugin
   */
  void start() throws Exception;

  /**
   * Accepts no new work, lets running work finish, and ends every thread. Once this returns,
   * nothing of the executor runs any more, whether or not all work finished by itself.
   *
   * @param within how long to wait for running work before cutting it short
   * @return whether all running work finished within that time
   * @throws InterruptedException if the waiting thread is interrupted; the work is then cut short
   */
  boolean drain(Duration within) throws InterruptedException;

  /** Returns the status. Cheap, and callable at any time, also before {@code start()}. */
  Status status();

  /**
   * The status of an executor.
   *
   * @param state the phase of its life cycle
   * @param details figures and text for people, in display order; values are strings, numbers and
   *     booleans, never secrets
   */
  record Status(State state, Map<String, Object> details) {
    public Status {
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(details, "details");
    }
  }

  /** The phases of an executor's life cycle. */
  enum State {
    /** Not started yet. */
    NEW,
    /** Working. */
    RUNNING,
    /** Working, although something it needs is failing at present; {@code details} says what. */
    DEGRADED,
    /** Finishing running work. */
    DRAINING,
    /** Ended. */
    STOPPED
  }
}
