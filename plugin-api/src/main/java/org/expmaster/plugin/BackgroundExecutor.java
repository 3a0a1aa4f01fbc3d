package org.expmaster.plugin;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** A named piece of background work that a plugin does with threads of its own. */
public interface BackgroundExecutor {

  /** Its name, unique in its plugin: lower-case letters, digits and hyphens. */
  String name();

  /**
   * Begins the work and returns promptly. Called once.
   *
   * @throws Exception if it cannot begin; the master then stops the plugin
   */
  void start() throws Exception;

  /**
   * Takes no new work, lets what has begun come to its end, and ends every thread. When this
   * returns nothing of it runs any more, whether or not all had ended by itself.
   *
   * @param within how long to wait for what has begun before it is cut short
   * @return whether everything that had begun came to its end within that time
   * @throws InterruptedException if the waiting thread was interrupted; the work is then cut short
   */
  boolean drain(Duration within) throws InterruptedException;

  /** What it is doing. Cheap, and callable at any time, before {@code start()} too. */
  Status status();

  /**
   * What an executor is doing.
   *
   * @param state the phase of its life
   * @param details figures and words for people, in the order they should be read; values are
   *     strings, numbers and booleans, never a secret
   */
  record Status(State state, Map<String, Object> details) {
    public Status {
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(details, "details");
    }
  }

  /** The phases of an executor's life. */
  enum State {
    /** Not started yet. */
    NEW,
    /** Working. */
    RUNNING,
    /** Working, but something it needs fails at present; {@code details} says what. */
    DEGRADED,
    /** Finishing what has begun. */
    DRAINING,
    /** Ended. */
    STOPPED
  }
}
