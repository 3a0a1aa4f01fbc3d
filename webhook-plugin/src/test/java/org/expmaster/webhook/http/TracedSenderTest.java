package org.expmaster.webhook.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.expmaster.webhook.signing.Signer;
import org.expmaster.webhook.signing.SigningKey;
import org.expmaster.webhook.signing.SigningKeys;
import org.expmaster.webhook.signing.WebhookSecrets;
import org.junit.jupiter.api.Test;

/** What an attempt sends and tells of its span. */
final class TracedSenderTest {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String CHILD = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01";

  private final List<String> ended = new ArrayList<>();
  private final List<Map<String, String>> sent = new ArrayList<>();
  private final Traces traces =
      parent ->
          new Traces.Trace() {
            @Override
            public Optional<String> traceparent() {
              return parent.map(PARENT::equals).map(known -> CHILD);
            }

            @Override
            public void end(String outcome, boolean failed) {
              ended.add(outcome + " " + failed);
            }
          };

  private void send(Traces with, Optional<String> parent, Sender sender) {
    Signer signer =
        new Signer(
            new SigningKeys(SigningKey.of("a key of a test"), Optional.empty(), List.of()),
            Clock.systemUTC());
    new SignedSender(() -> signer, sender, with)
        .sendAndWait(
            new Receiver(
                URI.create("https://receiver.example"),
                Map.of("TraceParent", "the user's"),
                WebhookSecrets.NONE),
            new SignedSender.Message("e", "text/plain", "body".getBytes(UTF_8), parent));
  }

  private Sender answering(Outcome outcome) {
    return new Sender() {
      @Override
      public UnderWay send(OutgoingRequest request, Consumer<Outcome> done) {
        sent.add(request.headers());
        done.accept(outcome);
        return why -> {};
      }

      @Override
      public void close() {}
    };
  }

  private static Outcome status(int status) {
    return new Outcome.Answered(status, Optional.empty(), Optional.empty(), Duration.ZERO);
  }

  @Test
  void theSpanIsContinuedByTheHeaderAndEndsAsTheAttemptDoes() {
    send(traces, Optional.of(PARENT), answering(status(200)));
    send(traces, Optional.of(PARENT), answering(status(503)));
    send(
        traces,
        Optional.of(PARENT),
        answering(new Outcome.Unanswered(Outcome.Kind.CUT_SHORT, Duration.ZERO)));
    assertEquals(List.of("success false", "status_5xx true", "cut_short false"), ended);
    for (Map<String, String> headers : sent) {
      assertEquals(CHILD, headers.get("traceparent"));
      assertFalse(headers.containsKey("TraceParent"), "a header twice");
    }
  }

  @Test
  void withoutTracingNoHeaderIsAdded() {
    send(Traces.NONE, Optional.empty(), answering(status(200)));
    assertEquals("the user's", sent.get(0).get("TraceParent"));
    assertFalse(sent.get(0).containsKey("traceparent"));
    assertEquals(List.of(), ended);
  }

  @Test
  void anAttemptThatCannotBeginEndsItsSpan() {
    Sender broken =
        new Sender() {
          @Override
          public UnderWay send(OutgoingRequest request, Consumer<Outcome> done) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void close() {}
        };
    assertThrows(IllegalStateException.class, () -> send(traces, Optional.of(PARENT), broken));
    assertEquals(List.of("not_sent true"), ended);
  }
}
