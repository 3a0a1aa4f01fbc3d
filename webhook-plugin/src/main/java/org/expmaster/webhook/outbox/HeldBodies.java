package org.expmaster.webhook.outbox;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The bodies of claimed deliveries that have not ended, each in memory once, and how many bytes
 * they are. A claim takes more only while there is room: as it cannot know how long the next body
 * is, the bound is passed by one body at most.
 *
 * <p>For one thread.
 */
public final class HeldBodies {
  /** Of the heap, the part that bodies may take. */
  private static final int PART_OF_HEAP = 16;

  private static final long AT_MOST = 64L << 20;

  /** Of all that may be held, the part that one webhook may hold: others are to have room too. */
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
   * None yet.
   *
   * @param limit how many bytes there is room for
   */
  public HeldBodies(long limit) {
    this.limit = limit;
  }

  /** None yet, with room for as much as this JVM can spare. */
  public static HeldBodies inThisHeap() {
    return new HeldBodies(Math.min(AT_MOST, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
  }

  /** Whether nothing may be claimed until something is released. */
  public boolean isFull() {
    return bytes >= limit;
  }

  /** Whether a delivery of this webhook may be claimed, however long its body is. */
  public boolean hasRoomFor(long webhookId) {
    return hasRoomFor(webhookId, 0, 0);
  }

  /**
   * The same, once as much as this is held beside.
   *
   * @param more bytes in all
   * @param moreOfIts bytes of the webhook's deliveries
   */
  boolean hasRoomFor(long webhookId, long more, long moreOfIts) {
    return bytes + more < limit
        && byWebhook.getOrDefault(webhookId, 0L) + moreOfIts < Math.max(1, limit / PART_OF_ALL);
  }

  /** A body that is in memory already, by its event's row. */
  Optional<byte[]> find(long id) {
    return Optional.ofNullable(bodies.get(id)).map(held -> held.body);
  }

  /** A delivery has been claimed. */
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

  /** A delivery that was held has ended, or has been given back. */
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

  /** Everything that was held has ended. */
  public void clear() {
    bodies.clear();
    byWebhook.clear();
    bytes = 0;
  }

  /** How many bytes are held. */
  public long bytes() {
    return bytes;
  }
}
