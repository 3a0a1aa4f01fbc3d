package org.expmaster.webhook.match;

import java.util.function.Function;
import java.util.function.Supplier;
import org.expmaster.webhook.registry.RegistrySnapshot;

/** A value derived from the registry, computed once for each of its snapshots. */
final class PerSnapshot<T> {
  private final Supplier<RegistrySnapshot> registry;
  private final Function<RegistrySnapshot, T> work;
  private volatile Made<T> made;

  PerSnapshot(Supplier<RegistrySnapshot> registry, Function<RegistrySnapshot, T> work) {
    this.registry = registry;
    this.work = work;
  }

  private record Made<T>(RegistrySnapshot from, T result) {}

  /** Returns the value for the current snapshot. */
  T get() {
    RegistrySnapshot now = registry.get();
    Made<T> last = made;
    if (last == null || last.from() != now) {
      // two threads may compute it at once; their results are the same
      last = new Made<>(now, work.apply(now));
      made = last;
    }
    return last.result();
  }
}
