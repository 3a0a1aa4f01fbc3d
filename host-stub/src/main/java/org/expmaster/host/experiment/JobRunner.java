package org.expmaster.host.experiment;

import static org.expmaster.plugin.model.ExperimentState.ACTIVE;
import static org.expmaster.plugin.model.ExperimentState.COMPLETED;
import static org.expmaster.plugin.model.ExperimentState.ERROR;
import static org.expmaster.plugin.model.ExperimentState.RUNNING;
import static org.expmaster.plugin.model.ExperimentState.STOPPING_COMPLETED;
import static org.expmaster.plugin.model.ExperimentState.STOPPING_ERROR;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.expmaster.host.config.Jobs;
import org.expmaster.host.listener.Fatal;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs simulated jobs: a state, a delay, the next state. Thread-safe. Jobs that others run it only
 * starts.
 *
 * <p>It keeps no essential state in memory: every step is a compare-and-set in the database. So a
 * job can be paused, killed, resumed after a restart or run by several masters, and ends once.
 */
public final class JobRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
  private static final int THREADS = 4;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final ExperimentStore store;
  private final StateChanger changer;
  private final Jobs jobs;
  private final ScheduledThreadPoolExecutor threads;
  private final Map<Long, Future<?>> timers = new ConcurrentHashMap<>();

  public JobRunner(ExperimentStore store, StateChanger changer, Jobs jobs) {
    this.store = store;
    this.changer = changer;
    this.jobs = jobs;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ScheduledThreadPoolExecutor(
            THREADS, task -> new Thread(task, "jobs-" + number.incrementAndGet()));
    threads.setRemoveOnCancelPolicy(true);
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    // a thread started while a plugin is on the stack would keep the plugin's classes reachable
    threads.prestartAllCoreThreads();
  }

  /** Resumes the jobs that had not ended when the last master stopped. */
  public void resumeAll() {
    store.unfinished().forEach(this::resume);
  }

  /** Starts the job of an experiment in state ACTIVE. */
  void start(long id, Map<String, Object> config) {
    Optional<Entrypoint> entrypoint = Entrypoint.toSimulate(config, jobs);
    later(id, Duration.ZERO, () -> begin(id, ACTIVE, entrypoint));
  }

  /** Cancels the job's timer: the job was paused or killed. */
  void forget(long id) {
    Future<?> timer = timers.remove(id);
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private void resume(long id) {
    later(id, Duration.ZERO, () -> store.find(id).ifPresent(this::goOn));
  }

  private void goOn(Experiment experiment) {
    long id = experiment.id();
    Optional<Entrypoint> entrypoint = Entrypoint.toSimulate(experiment.config(), jobs);
    switch (experiment.state()) {
      case ACTIVE, QUEUED, PULLING, STARTING -> begin(id, experiment.state(), entrypoint);
      case RUNNING -> run(id, entrypoint);
      case STOPPING_COMPLETED -> changer.change(id, STOPPING_COMPLETED, COMPLETED);
      case STOPPING_ERROR -> changer.change(id, STOPPING_ERROR, ERROR);
      case STOPPING_KILLED, STOPPING_CANCELED ->
          changer.change(id, experiment.state(), ExperimentState.CANCELED);
      case PAUSED, COMPLETED, CANCELED, ERROR -> {}
    }
  }

  private void begin(long id, ExperimentState from, Optional<Entrypoint> entrypoint) {
    if (changer.change(id, from, RUNNING).isPresent()) {
      run(id, entrypoint);
    }
  }

  private void run(long id, Optional<Entrypoint> entrypoint) {
    entrypoint.ifPresent(job -> later(id, job.takes(), () -> finish(id, job)));
  }

  private void finish(long id, Entrypoint entrypoint) {
    timers.remove(id);
    end(id, entrypoint.succeeds());
  }

  /** Ends a job that runs; returns false and changes nothing if it does not run. */
  boolean end(long id, boolean succeeded) {
    ExperimentState stopping = succeeded ? STOPPING_COMPLETED : STOPPING_ERROR;
    if (changer.change(id, RUNNING, stopping).isEmpty()) {
      return false;
    }
    changer.change(id, stopping, succeeded ? COMPLETED : ERROR);
    return true;
  }

  private void later(long id, Duration delay, Runnable step) {
    try {
      Future<?> timer =
          threads.schedule(() -> attempt(id, step), delay.toNanos(), TimeUnit.NANOSECONDS);
      if (!delay.isZero()) {
        Future<?> old = timers.put(id, timer);
        if (old != null) {
          old.cancel(false);
        }
      }
    } catch (RejectedExecutionException e) {
      log.debug("experiment {} goes on after the next start", id);
    }
  }

  /** Runs a step. If it fails, say without a database, it is tried again from the stored state. */
  private void attempt(long id, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      Fatal.rethrow(e);
      if (threads.isShutdown()) {
        return;
      }
      log.warn("experiment {} cannot go on, and tries again: {}", id, e.toString());
      log.debug("experiment {}", id, e);
      later(id, PAUSE_AFTER_FAILURE, () -> store.find(id).ifPresent(this::goOn));
    }
  }

  /** Starts no further step; the next start resumes unfinished jobs. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
