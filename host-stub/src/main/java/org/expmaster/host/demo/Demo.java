package org.expmaster.host.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.expmaster.host.receiver.SignatureCheck;

/** Runs experiments on a master and prints the deliveries that arrive. */
public final class Demo implements AutoCloseable {
  private static final long TIME_LIMIT_SECONDS = 60;

  private final URI master;
  private final String password;
  private final PrintWriter out;
  private final int count;
  private final Tally tally;
  private MasterClient client;
  private Receiver receiver;
  private long webhookId;

  public Demo(URI master, String password, int count, PrintWriter out) {
    this.master = master;
    this.password = password;
    this.count = count;
    this.out = out;
    this.tally = new Tally(count);
  }

  /**
   * Runs the experiments and prints the deliveries.
   *
   * @param plugins the master's plugins directory, to be printed
   * @return whether all deliveries arrived, with the expected content
   */
  public boolean run(Path plugins) throws IOException, InterruptedException {
    client = new MasterClient(master, "admin", password);
    say("a master at " + master + ", its plugins from " + plugins + ":");
    client.plugins().forEach(plugin -> say("  " + plugin));
    if (!client.hasWebhooks()) {
      say("none of them answers /api/v1/webhooks; is webhook-plugin.jar there, and did it start?");
      return false;
    }
    receiver = Receiver.start(new SignatureCheck(List.of(client.signingKey())), this::arrived);
    webhookId = client.createWebhook(receiver.url());
    say("webhook " + webhookId + " tells " + receiver.url() + " of every experiment that ends");
    say(count + " experiments begin");
    say("");
    begin();
    List<String> problems = tally.await(TIME_LIMIT_SECONDS);
    say("");
    problems.forEach(problem -> say("MISSING: " + problem));
    if (problems.isEmpty()) {
      say("all " + count + " arrived, every signature verified");
    }
    return problems.isEmpty();
  }

  private void begin() throws IOException {
    client.createWorkspaceAndProject(SampleExperiment.WORKSPACE, SampleExperiment.PROJECT);
    for (int i = 0; i < count; i++) {
      SampleExperiment sample = SampleExperiment.number(i);
      tally.expect(client.createExperiment(sample), sample);
    }
  }

  /** Returns commands for continuing by hand. */
  public String curlLines() {
    return new CurlLines(master, password, receiver.url(), webhookId).text();
  }

  private void arrived(Delivery delivery) {
    try {
      Optional<SampleExperiment> about = tally.about(delivery);
      boolean counted = about.isPresent() && tally.count(delivery, showing(about.get(), delivery));
      if (!counted) {
        say(
            "one more: %s of experiment %d, %s"
                .formatted(delivery.eventType(), delivery.experimentId(), signature(delivery)));
      }
    } catch (IOException e) {
      say("a delivery arrived, but the master does not answer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private IntConsumer showing(SampleExperiment sample, Delivery delivery) throws IOException {
    Duration took = Duration.between(client.endOf(delivery.experimentId()), delivery.receivedAt());
    return number ->
        say(
            "[%d/%d] experiment %d %-32s %-9s -> delivered in %d ms, %s"
                .formatted(
                    number,
                    count,
                    delivery.experimentId(),
                    '"' + sample.name() + '"',
                    delivery.state(),
                    took.toMillis(),
                    signature(delivery)));
  }

  private static String signature(Delivery delivery) {
    return delivery.verified() ? "signature verified" : "SIGNATURE WRONG";
  }

  private void say(String line) {
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }

  @Override
  public void close() {
    if (receiver != null) {
      receiver.close();
    }
  }
}
