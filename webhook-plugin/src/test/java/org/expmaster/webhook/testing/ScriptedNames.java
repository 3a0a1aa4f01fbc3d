package org.expmaster.webhook.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.expmaster.webhook.egress.NameService;

/** A name service that gives scripted answers and records what it was asked. */
public final class ScriptedNames implements NameService {
  private final Map<String, Queue<List<String>>> answers = new HashMap<>();
  private final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Set<String> threads = ConcurrentHashMap.newKeySet();

  /** Adds the next answer for a name; the last one repeats. No addresses: unknown host. */
  public synchronized ScriptedNames answer(String name, String... addresses) {
    answers.computeIfAbsent(name, unscripted -> new ArrayDeque<>()).add(List.of(addresses));
    return this;
  }

  /** Makes look-ups of a name hang, as native ones do: until released, whatever interrupts them. */
  public CountDownLatch hang(String name) {
    return hanging.computeIfAbsent(name, free -> new CountDownLatch(1));
  }

  /** Returns the names asked for so far. */
  public Queue<String> asked() {
    return asked;
  }

  /** Returns the names of the threads that asked. */
  public Set<String> threads() {
    return threads;
  }

  @Override
  public List<InetAddress> addresses(String name) throws UnknownHostException {
    asked.add(name);
    threads.add(Thread.currentThread().getName());
    CountDownLatch release = hanging.get(name);
    if (release != null) {
      awaitUninterruptibly(release);
    }
    List<String> next = next(name);
    if (next.isEmpty()) {
      throw new UnknownHostException(name);
    }
    return next.stream().map(ScriptedNames::address).toList();
  }

  private synchronized List<String> next(String name) {
    Queue<List<String>> left = answers.getOrDefault(name, new ArrayDeque<>(List.of(List.of())));
    return left.size() > 1 ? left.remove() : left.element();
  }

  private static void awaitUninterruptibly(CountDownLatch release) {
    while (release.getCount() > 0) {
      try {
        release.await();
      } catch (InterruptedException ignored) {
        // ignored, as by the system's look-up
      }
    }
  }

  /** Returns the address that a literal denotes. */
  public static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
