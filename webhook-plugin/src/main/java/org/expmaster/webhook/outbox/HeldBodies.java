package org.expmaster.webhook.outbox;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the bodies of claimed deliveries that have not ended, each once, and limits their size. A
 * claim takes more only while they are below the limit. As it does not know the size of the next
 * body, the limit is exceeded by one body at most.
 *
 * <p>Not thread-safe.
 */
public final class HeldBodies {
  /** Bodies may take one part in this many of the heap. */
  private static final int PART_OF_HEAP = 16;

  private static final long AT_MOST = 64L << 20;

  /** One webhook may hold one part in this many of the limit, which leaves memory for others. */
  private static final int PART_OF_ALL = 8;

  private final long limit;
  private final Map<Long, Held> bodies = new HashMap<>();
  private final Map<Long, Long> byWebhook = new HashMap<>();
  private long bytes;

  private static final class Held {
    private final byte[] body;
    private int deliveries;

    Held(byte[] body) {
      this.body = body;
    }
  }

  /**
   * Creates an empty holder.
   *
   * @param limit the maximum size of all bodies, in bytes
   */
  public HeldBodies(long limit) {
    this.limit = limit;
  }

  /** Creates an empty holder, with a limit that suits the heap of this JVM. */
  public static HeldBodies inThisHeap() {
    return new HeldBodies(Math.min(AT_MOST, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
  }

  /** Returns whether nothing may be claimed until a delivery is released. */
  public boolean isFull() {
    return bytes >= limit;
  }

  /** Returns whether a delivery of this webhook may be claimed, whatever the size of its body. */
  public boolean hasRoomFor(long webhookId) {
    return hasRoomFor(webhookId, 0, 0);
  }

  /**
   * Returns the same, assuming that more bytes are held.
   *
   * @param more the additional bytes in total
   * @param moreOfIts the additional bytes of the webhook's deliveries
   */
  boolean hasRoomFor(long webhookId, long more, long moreOfIts) {
    return bytes + more < limit
        && byWebhook.getOrDefault(webhookId, 0L) + moreOfIts < Math.max(1, limit / PART_OF_ALL);
  }

  /** Returns a body that is already in memory, by the id of its event's row. */
  Optional<byte[]> find(long id) {
    return Optional.ofNullable(bodies.get(id)).map(held -> held.body);
  }

  /** Adds a delivery that has been claimed. */
  public void hold(ClaimedDelivery claim) {
    Held held = bodies.get(claim.id());
    if (held == null) {
      held = new Held(claim.body());
      bodies.put(claim.id(), held);
      bytes += held.body.length;
    }
    held.deliveries++;
    byWebhook.merge(claim.webhookId(), (long) claim.body().length, Long::sum);
  }

  /** Removes a delivery that has ended or was given back. */
  public void release(ClaimedDelivery claim) {
    byWebhook.computeIfPresent(
        claim.webhookId(),
        (id, all) -> all > claim.body().length ? all - claim.body().length : null);
    Held held = bodies.get(claim.id());
    if (held != null && --held.deliveries == 0) {
      bodies.remove(claim.id());
      bytes -= held.body.length;
    }
  }

  /** Removes all deliveries. */
  public void clear() {
    bodies.clear();
    byWebhook.clear();
    bytes = 0;
  }

  /** Returns the total size of the bodies, in bytes. */
  public long bytes() {
    return bytes;
  }
}
