package org.expmaster.webhook;

import java.time.Duration;
import org.expmaster.plugin.BackgroundExecutor;
import org.expmaster.webhook.delivery.DeliveryService;

/** Exposes the delivery service to the master: start, drain and status. */
final class DeliveryExecutor implements BackgroundExecutor {
  private final DeliveryService delivery;
  private volatile boolean started;

  DeliveryExecutor(DeliveryService delivery) {
    this.delivery = delivery;
  }

  @Override
  public String name() {
    return "delivery";
  }

  @Override
  public void start() {
    delivery.start();
    started = true;
  }

  @Override
  public boolean drain(Duration within) throws InterruptedException {
    return delivery.drain(within);
  }

  @Override
  public Status status() {
    return new Status(state(), delivery.details());
  }

  private State state() {
    if (!started) {
      return State.NEW;
    }
    if (!delivery.isRunning()) {
      return State.STOPPED;
    }
    if (delivery.isDraining()) {
      return State.DRAINING;
    }
    return delivery.isDegraded() ? State.DEGRADED : State.RUNNING;
  }
}
