package org.expmaster.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.outbox.Attempt;
import org.expmaster.webhook.outbox.Capacity;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.HeldBodies;
import org.expmaster.webhook.outbox.NewDelivery;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.outbox.Result;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.RequestHeaders;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.testing.FakeMaster;
import org.expmaster.webhook.testing.RawServer;
import org.expmaster.webhook.testing.SettableClock;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the whole plugin while its master's clock is set forward or back. */
@ParameterizedClass
@ValueSource(strings = {"PT1H", "PT-1H"})
abstract class ClockJumpContract {
  private static final int PATIENCE = 300;
  private static final Pattern TIMESTAMP =
      Pattern.compile("X-Determined-AI-Signature-Timestamp: (\\d+)");

  private static final Pattern EVENT = Pattern.compile("webhook-id: (\\S+)");

  private static final Map<String, Object> SETTINGS =
      Map.of(
          "allowed_networks", List.of("127.0.0.0/8"),
          "lease", "60s",
          "request_timeout", "30s",
          "poll_interval", "20ms",
          "retry_schedule", List.of("100ms"));

  @Parameter Duration jump;

  private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
  private final Set<String> told = new HashSet<>();
  private final RawServer receiver = RawServer.on(this::receive);
  private TestDatabase testDatabase;
  private long webhook;

  abstract TestDatabase newDatabase();

  final TestDatabase database() {
    return testDatabase;
  }

  /** A request that waits for its answer from the test. */
  record Exchange(String request, CountDownLatch answered, RawServer.Conversation to) {
    String eventId() {
      Matcher id = EVENT.matcher(request);
      assertTrue(id.find(), request);
      return id.group(1);
    }

    void answer(String status) throws IOException {
      to.write("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
      answered.countDown();
    }
  }

  private void receive(RawServer.Conversation conversation)
      throws IOException, InterruptedException {
    while (conversation.readRequest()) {
      CountDownLatch answered = new CountDownLatch(1);
      exchanges.add(new Exchange(conversation.lastRequest(), answered, conversation));
      answered.await();
    }
  }

  final Exchange next() throws InterruptedException {
    // polls in short steps: a machine that stalls for a minute uses up one of them, not all
    for (int i = 0; i < PATIENCE; i++) {
      Exchange next = exchanges.poll(100, TimeUnit.MILLISECONDS);
      if (next != null) {
        return next;
      }
    }
    return fail("nothing came");
  }

  /** Returns the next request, which must be for an event that has not been sent before. */
  final Exchange nextEvent() throws InterruptedException {
    Exchange next = next();
    assertTrue(told.add(next.eventId()), "sent again while it was under way");
    return next;
  }

  @BeforeEach
  void open() {
    testDatabase = newDatabase();
    webhook = new WebhookRegistry(testDatabase.open(), Clock.systemUTC()).create(draft(), 1).id();
  }

  private WebhookDraft draft() {
    return new WebhookDraft(
        "",
        new Endpoint(receiver.url("/"), RequestHeaders.NONE),
        PayloadForm.DEFAULT,
        WebhookMode.WORKSPACE,
        OptionalLong.empty(),
        List.of(new Trigger.StateChange(ExperimentState.COMPLETED)));
  }

  @AfterEach
  void close() {
    receiver.close();
    testDatabase.close();
  }

  final FakeMaster master(Clock clock) throws Exception {
    return FakeMaster.start(testDatabase.dataSource(), clock, SETTINGS);
  }

  @Test
  void noLeaseEndsEarly() throws Exception {
    SettableClock clock = new SettableClock(Duration.ZERO);
    try (FakeMaster master = master(clock)) {
      master.end(1);
      Exchange underWay = nextEvent();
      clock.set(jump);
      master.end(2);
      nextEvent().answer("200 OK");
      master.end(3);
      nextEvent().answer("200 OK");
      underWay.answer("200 OK");
    }
  }

  @Test
  void noRetryComesAnHourLate() throws Exception {
    SettableClock clock = new SettableClock(Duration.ZERO);
    try (FakeMaster master = master(clock)) {
      master.end(1);
      Exchange first = next();
      clock.set(jump);
      first.answer("500 No");
      next().answer("200 OK");
    }
  }

  @Test
  void aSignatureCarriesTheTimeThatTheMasterTells() throws Exception {
    SettableClock clock = new SettableClock(Duration.ZERO);
    try (FakeMaster master = master(clock)) {
      clock.set(jump);
      master.end(1);
      Exchange exchange = next();
      Matcher timestamp = TIMESTAMP.matcher(exchange.request());
      assertTrue(timestamp.find(), exchange.request());
      Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp.group(1)));
      Duration off = Duration.between(signed, clock.instant()).abs();
      assertTrue(
          off.compareTo(Duration.ofMinutes(10)) < 0, signed + ", and it is " + clock.instant());
      exchange.answer("200 OK");
    }
  }

  @Test
  void whatAMasterLeftBehindBeforeTheJumpIsNotAnHourLateAfterIt() throws Exception {
    SettableClock clock = new SettableClock(jump.negated());
    leaveAClaimAndARetry(new Outbox(testDatabase.open(), clock), clock);
    clock.set(jump);
    try (FakeMaster master = master(clock)) {
      next().answer("200 OK");
      next().answer("200 OK");
    }
  }

  /** Leaves the rows of a master that died with a delivery in flight and one awaiting retry. */
  private void leaveAClaimAndARetry(Outbox outbox, Clock clock) throws SQLException {
    Duration lease = Duration.ofSeconds(1);
    testDatabase
        .open()
        .inTransaction(
            connection -> {
              outbox.add(connection, List.of(delivery("claimed"), delivery("to be retried")));
              List<ClaimedDelivery> claims =
                  outbox
                      .claim(
                          connection,
                          List.of(new Capacity(webhook, 2)),
                          lease,
                          HeldBodies.inThisHeap())
                      .deliveries();
              Attempt failed =
                  new Attempt(
                      clock.instant(), OptionalInt.of(500), "no", Duration.ZERO, Optional.empty());
              Instant due = clock.instant().plus(lease);
              outbox.record(connection, List.of(new Result.Retry(claims.get(1), failed, due)));
              return null;
            });
  }

  private NewDelivery delivery(String event) {
    return new NewDelivery(
        webhook, event, "experiment_completed", 1, "application/json", "{}".getBytes(UTF_8));
  }
}
