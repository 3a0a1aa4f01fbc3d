package org.expmaster.webhook.delivery;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.expmaster.webhook.outbox.Capacity;

/** Distributes the places of one turn: one to every webhook, then a second to each, and so on. */
final class Deal {
  private final int[] free = new int[Lane.values().length];
  private final int[] left = new int[Lane.values().length];
  private final List<Hand> hands = new ArrayList<>();

  /**
   * The grant to one webhook.
   *
   * @param standingBy the number of places for deliveries standing by
   * @param toClaim the number of deliveries to claim
   */
  record Grant(long webhookId, int standingBy, int toClaim) {}

  /** The share of one webhook. */
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
   * @param mostYoung the maximum number of deliveries to grant in the young lane
   * @param mostSlow the maximum number in the slow lane
   */
  Deal(Bulkheads bulkheads, int mostYoung, int mostSlow) {
    for (Lane lane : Lane.values()) {
      free[lane.ordinal()] = bulkheads.free(lane);
      left[lane.ordinal()] = lane == Lane.YOUNG ? mostYoung : mostSlow;
    }
  }

  /** Returns whether a lane has a place that is not granted yet. */
  boolean isOpen(Lane lane) {
    return left[lane.ordinal()] > 0 && free[lane.ordinal()] > 0;
  }

  /**
   * Adds a webhook and grants its first place. At its limit, it is added without a place if more of
   * its deliveries may stand by. Returns false if it was not added.
   *
   * @param places how many more requests the webhook's own limit allows
   * @param ahead the maximum number of deliveries standing by for it
   */
  boolean add(long webhookId, Bulkheads.Holding holding, int places, int ahead) {
    Hand hand = new Hand(webhookId, holding, places, Math.max(0, ahead - holding.standingBy()));
    if (!grant(hand) && (places > 0 || hand.ahead == 0)) {
      return false;
    }
    hands.add(hand);
    return true;
  }

  /** Grants the remaining places one by one, and then the deliveries that may stand by. */
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

  /** Returns the grants to webhooks with deliveries standing by that have places now. */
  static List<Grant> toStandingBy(List<Grant> grants) {
    return grants.stream().filter(grant -> grant.standingBy() > 0).toList();
  }

  /** Returns what to claim for the webhooks that were granted something to claim. */
  static List<Capacity> capacities(List<Grant> grants) {
    return grants.stream()
        .filter(grant -> grant.toClaim() > 0)
        .map(grant -> new Capacity(grant.webhookId(), grant.toClaim()))
        .toList();
  }

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
