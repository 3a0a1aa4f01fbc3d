package org.expmaster.webhook.match;

import java.util.function.Function;
import java.util.function.Supplier;
import org.expmaster.webhook.registry.RegistrySnapshot;

/** Something worked out from the registry, once for each of its snapshots. */
final class PerSnapshot<T> {
  private final Supplier<RegistrySnapshot> registry;
  private final Function<RegistrySnapshot, T> work;
  private volatile Made<T> made;

  PerSnapshot(Supplier<RegistrySnapshot> registry, Function<RegistrySnapshot, T> work) {
    this.registry = registry;
    this.work = work;
  }

  private record Made<T>(RegistrySnapshot from, T result) {}

  /** Of the registry as it is now. */
  T get() {
    RegistrySnapshot now = registry.get();
    Made<T> last = made;
    if (last == null || last.from() != now) {
      // two threads may do it at once: they come to the same
      last = new Made<>(now, work.apply(now));
      made = last;
    }
    return last.result();
  }
}
