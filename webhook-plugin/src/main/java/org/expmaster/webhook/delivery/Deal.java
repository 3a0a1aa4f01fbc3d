package org.expmaster.webhook.delivery;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.expmaster.webhook.outbox.Capacity;

/** What one turn grants: to every webhook one place, then to every one a second, and so on. */
final class Deal {
  private final int[] free = new int[Lane.values().length];
  private final int[] left = new int[Lane.values().length];
  private final List<Hand> hands = new ArrayList<>();

  /**
   * What a webhook is granted.
   *
   * @param standingBy how many places for what stands by
   * @param toClaim how many deliveries to claim
   */
  record Grant(long webhookId, int standingBy, int toClaim) {}

  /** One webhook's part. */
  private static final class Hand {
    private final long webhookId;
    private final Bulkheads.Holding holding;
    private final int places;
    private final int ahead;
    private int granted;

    private Hand(long webhookId, Bulkheads.Holding holding, int places, int ahead) {
      this.webhookId = webhookId;
      this.holding = holding;
      this.places = places;
      this.ahead = ahead;
    }
  }

  /**
   * @param mostYoung how many deliveries are granted in the young lane at most
   * @param mostSlow how many in the slow lane
   */
  Deal(Bulkheads bulkheads, int mostYoung, int mostSlow) {
    for (Lane lane : Lane.values()) {
      free[lane.ordinal()] = bulkheads.free(lane);
      left[lane.ordinal()] = lane == Lane.YOUNG ? mostYoung : mostSlow;
    }
  }

  /** Whether there is a place in a lane that nobody has been granted. */
  boolean isOpen(Lane lane) {
    return left[lane.ordinal()] > 0 && free[lane.ordinal()] > 0;
  }

  /**
   * Grants the first place, if the webhook may have one; otherwise it has no part in this deal.
   *
   * @param places how many more requests its own limit lets through
   * @param ahead how many deliveries may stand by for it
   */
  boolean add(long webhookId, Bulkheads.Holding holding, int places, int ahead) {
    Hand hand = new Hand(webhookId, holding, places, Math.max(0, ahead - holding.standingBy()));
    if (!grant(hand) && (places > 0 || hand.ahead == 0)) {
      return false;
    }
    hands.add(hand);
    return true;
  }

  /** Grants what is left, one place after the other, and then what may stand by. */
  List<Grant> grants() {
    List<Hand> open = new ArrayList<>(hands);
    while (!open.isEmpty()) {
      open.removeIf(hand -> !grant(hand));
    }
    List<Grant> grants = new ArrayList<>(hands.size());
    for (Hand hand : hands) {
      int standingBy = Math.min(hand.granted, hand.holding.standingBy());
      int lane = hand.holding.lane().ordinal();
      int ahead = free[lane] > 0 ? Math.min(hand.ahead, left[lane]) : 0;
      left[lane] -= ahead;
      grants.add(new Grant(hand.webhookId, standingBy, hand.granted - standingBy + ahead));
    }
    return grants;
  }

  /** How much may be claimed, of webhooks that were granted something to claim. */
  static List<Capacity> capacities(List<Grant> grants) {
    return grants.stream()
        .filter(grant -> grant.toClaim() > 0)
        .map(grant -> new Capacity(grant.webhookId(), grant.toClaim()))
        .toList();
  }

  /** The webhooks that could use more places. */
  Set<Long> unsatisfied() {
    Set<Long> unsatisfied = new LinkedHashSet<>();
    for (Hand hand : hands) {
      if (hand.granted < hand.places) {
        unsatisfied.add(hand.webhookId);
      }
    }
    return unsatisfied;
  }

  private boolean grant(Hand hand) {
    Lane lane = hand.holding.lane();
    boolean granted =
        left[lane.ordinal()] > 0
            && hand.granted < hand.places
            && Lanes.mayBegin(lane, free[lane.ordinal()], hand.holding.underWay() + hand.granted);
    if (granted) {
      hand.granted++;
      free[lane.ordinal()]--;
      left[lane.ordinal()]--;
    }
    return granted;
  }
}
