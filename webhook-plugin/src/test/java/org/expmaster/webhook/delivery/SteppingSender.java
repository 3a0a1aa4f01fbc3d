package org.expmaster.webhook.delivery;

import java.util.Optional;
import java.util.function.Consumer;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.http.OutgoingRequest;
import org.expmaster.webhook.http.Sender;
import org.expmaster.webhook.testing.Faults;

/** A sender, with a step before and after sending at which a fault may come. */
final class SteppingSender implements Sender {
  private final Sender sender;
  private final Faults faults;

  SteppingSender(Sender sender, Faults faults) {
    this.sender = sender;
    this.faults = faults;
  }

  @Override
  public UnderWay send(OutgoingRequest request, Consumer<Outcome> done) {
    faults.step();
    UnderWay underWay = sender.send(request, done);
    faults.step();
    return underWay;
  }

  @Override
  public Optional<String> problem() {
    return sender.problem();
  }

  @Override
  public void close() {
    sender.close();
  }
}
