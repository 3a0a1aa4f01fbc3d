package org.expmaster.webhook.telling;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.expmaster.webhook.telling.Telling.Words;

/**
 * The plugin's meters in the master's registry, and their removal. Labels come from small fixed
 * sets: they are never a URL, an id or a user's text. Thread-safe.
 */
public final class Meters implements AutoCloseable {
  private static final Log log = Log.of(Meters.class);

  private final MeterRegistry registry;
  private final Telling telling = new Telling();
  private final Set<Meter> registered = new HashSet<>();
  private boolean closed;

  /**
   * Registers meters in this registry, without a prefix: names here begin with {@code webhooks}.
   */
  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Returns meters that nobody reads. */
  public static Meters unread() {
    return new Meters(new SimpleMeterRegistry());
  }

  /**
   * Returns a counter; it adds what it is given.
   *
   * @param labels names and values, alternately
   */
  public LongConsumer counter(String name, String description, String... labels) {
    return register(
            name,
            () -> Counter.builder(name).description(description).tags(labels).register(registry))
        .<LongConsumer>map(counter -> counter::increment)
        .orElse(amount -> {});
  }

  /** Returns a histogram of durations, with these upper bounds of its buckets. */
  public Consumer<Duration> timer(
      String name, String description, List<Duration> bounds, String... labels) {
    return register(
            name,
            () ->
                Timer.builder(name)
                    .description(description)
                    .serviceLevelObjectives(bounds.toArray(Duration[]::new))
                    .tags(labels)
                    .register(registry))
        .<Consumer<Duration>>map(timer -> timer::record)
        .orElse(took -> {});
  }

  /** Returns a meter of how many there were each time: it counts the times and adds the amounts. */
  public LongConsumer summary(String name, String description, String unit) {
    return register(
            name,
            () ->
                DistributionSummary.builder(name)
                    .description(description)
                    .baseUnit(unit)
                    .register(registry))
        .<LongConsumer>map(summary -> summary::record)
        .orElse(amount -> {});
  }

  /**
   * Adds a gauge.
   *
   * @param unit the unit, or null for none
   * @param value read at every scrape, on any thread; must be cheap
   */
  public void gauge(
      String name, String description, String unit, Supplier<Number> value, String... labels) {
    register(
        name,
        () ->
            Gauge.builder(name, value)
                .description(description)
                .baseUnit(unit)
                .tags(Tags.of(labels))
                .register(registry));
  }

  /** Counts something on which nothing depends, and survives the registry's exceptions. */
  public void tell(Words... all) {
    telling.tell(all);
  }

  private synchronized <M extends Meter> Optional<M> register(String name, Supplier<M> meter) {
    if (closed) {
      return Optional.empty();
    }
    try {
      M made = meter.get();
      registered.add(made);
      return Optional.of(made);
    } catch (RuntimeException refused) {
      log.warn("the master's registry refused the meter {}: {}", name, refused.toString());
      return Optional.empty();
    }
  }

  /** Removes all meters from the master's registry; none is added any more. */
  @Override
  public synchronized void close() {
    closed = true;
    for (Meter meter : registered) {
      telling.tell(() -> registry.remove(meter));
    }
    registered.clear();
  }
}
