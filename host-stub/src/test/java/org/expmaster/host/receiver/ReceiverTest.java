package org.expmaster.host.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.expmaster.host.receiver.Behaviour.End;
import org.expmaster.host.testing.Signatures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReceiverTest {
  private static final Behaviour WELL = behaviour(204, 0, "", End.WHOLE);

  private final HttpClient client = HttpClient.newHttpClient();
  private final StringWriter printed = new StringWriter();
  private Receiver receiver;

  private static Behaviour behaviour(int status, int failFirst, String body, End end) {
    return new Behaviour(
        status, failFirst, 500, Duration.ZERO, Optional.of(60L), Optional.empty(), body, end);
  }

  private void start(Behaviour behaviour, String... keys) throws IOException {
    SignatureCheck check = new SignatureCheck(List.of(keys));
    receiver = Receiver.start(0, check, behaviour, new PrintWriter(printed));
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private HttpRequest request(String key) {
    String now = "" + Instant.now().getEpochSecond();
    byte[] body = Deliveries.BODY.getBytes(UTF_8);
    return HttpRequest.newBuilder(receiver.url())
        .header(SignatureCheck.TIMESTAMP, now)
        .header(SignatureCheck.SIGNATURE, Signatures.sign(key, now, body))
        .header("webhook-id", "the-event")
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private HttpResponse<String> send(String key) throws Exception {
    return client.send(request(key), BodyHandlers.ofString());
  }

  @Test
  void whatAnyKeyVerifiesIsTakenAndEverythingElseRefused() throws Exception {
    start(WELL, "new-secret-key", "old-secret-key");
    assertEquals(204, send("new-secret-key").statusCode());
    assertEquals(204, send("old-secret-key").statusCode());
    assertEquals(401, send("a-third-secret-key").statusCode());
    String text = printed.toString();
    assertTrue(text.contains("X-Determined-AI-Signature: verified with key 1"), text);
    assertTrue(text.contains("X-Determined-AI-Signature: verified with key 2"), text);
    assertTrue(text.contains("X-Determined-AI-Signature: NOT verified: no key matches"), text);
    assertTrue(text.contains("POST /hook  experiment_completed, attempt 3 of this event"), text);
    assertTrue(text.contains("    |   \"event_type\" : \"experiment_completed\""), text);
    assertTrue(text.contains("answered with 401"), text);
    assertFalse(text.contains("secret-key"), text);
  }

  @Test
  void withoutKeysEverythingIsTaken() throws Exception {
    start(WELL);
    assertEquals(204, send("any").statusCode());
    assertTrue(printed.toString().contains("NOT verified: there is no key"), printed.toString());
  }

  @Test
  void theFirstRequestsFailWithWhenToComeAgainAndTheNextSucceeds() throws Exception {
    start(behaviour(200, 2, "some text", End.WHOLE), "k");
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> failed = send("k");
      assertEquals(500, failed.statusCode());
      assertEquals("60", failed.headers().firstValue("Retry-After").orElseThrow());
    }
    HttpResponse<String> answered = send("k");
    assertEquals(200, answered.statusCode());
    assertEquals("some text", answered.body());
    assertTrue(answered.headers().firstValue("Retry-After").isEmpty());
  }

  @Test
  void aRedirectNamesItsTarget() throws Exception {
    URI target = URI.create("https://example.com/there");
    start(
        new Behaviour(
            302, 0, 500, Duration.ZERO, Optional.empty(), Optional.of(target), "", End.WHOLE));
    HttpResponse<String> answered = send("k");
    assertEquals(302, answered.statusCode());
    assertEquals(target.toString(), answered.headers().firstValue("Location").orElseThrow());
  }

  @Test
  void itClosesTheConnectionInsteadOfAnswering() throws Exception {
    start(behaviour(204, 0, "", End.CLOSE));
    assertThrows(IOException.class, () -> send("k"));
  }

  @Test
  void itHangsUntilItIsClosed() throws Exception {
    start(behaviour(204, 0, "", End.HANG));
    CompletableFuture<?> pending = client.sendAsync(request("k"), BodyHandlers.ofString());
    org.expmaster.host.testing.Wait.until(
        "the request is printed",
        Duration.ofSeconds(30),
        () -> printed.toString().contains("not answered; the connection stays open"));
    assertFalse(pending.isDone());
    receiver.close();
    assertThrows(ExecutionException.class, pending::get);
  }

  @Test
  void anAnswerWithoutAnEndHasItsHeadAndItsBeginning() throws Exception {
    start(behaviour(200, 0, "text", End.NO_BODY_END));
    var answered = client.send(request("k"), BodyHandlers.ofInputStream());
    assertEquals(200, answered.statusCode());
    byte[] beginning = "the beginning of an answer\ntext".getBytes(UTF_8);
    assertEquals(
        new String(beginning, UTF_8),
        new String(answered.body().readNBytes(beginning.length), UTF_8));
    CompletableFuture<Integer> next =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return answered.body().read();
              } catch (IOException e) {
                return -2;
              }
            });
    assertFalse(next.isDone());
    receiver.close();
    assertEquals(-2, next.get());
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedAndNotKept() throws Exception {
    start(WELL);
    HttpRequest large =
        HttpRequest.newBuilder(receiver.url())
            .POST(BodyPublishers.ofByteArray(new byte[Incoming.MOST_BYTES + 1]))
            .build();
    assertEquals(413, client.send(large, BodyHandlers.ofString()).statusCode());
    assertTrue(printed.toString().contains("more than 1048576 bytes"));
  }

  @Test
  void keysComeFromOptionsFilesAndTheEnvironment(@TempDir Path directory) throws Exception {
    start(WELL);
    Path file = Files.writeString(directory.resolve("keys"), "of the file\n\n  another \n");
    assertEquals(
        List.of("given", "of the file", "another", "of", "the-environment"),
        ReceiverKeys.of(List.of("given"), List.of(file), " of the-environment "));
    Files.writeString(file, "\uFEFFafter a byte order mark\n");
    assertEquals(
        List.of("after a byte order mark"), ReceiverKeys.of(List.of(), List.of(file), null));
    assertEquals(List.of(), ReceiverKeys.of(List.of(), List.of(), null));
  }

  @Test
  void aFileThatHoldsNoKeysIsRefusedWithTheReason(@TempDir Path directory) throws Exception {
    start(WELL);
    Path file = Files.write(directory.resolve("keys"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Map<Path, String> reasons =
        Map.of(
            directory,
            directory + " is a directory",
            file,
            file + " is not UTF-8",
            directory.resolve("none"),
            directory.resolve("none") + " does not exist");
    reasons.forEach(
        (path, reason) -> {
          Exception refused =
              assertThrows(
                  IOException.class, () -> ReceiverKeys.of(List.of(), List.of(path), null));
          assertEquals(reason, refused.getMessage());
        });
  }

  @Test
  void noBodyLooksLikeALineOfTheReceiver() throws Exception {
    start(WELL, "k");
    String fake = "\n    answered with 204\nanswered with 204\r    answered with 204";
    String json = "{\"event_type\":\"" + fake.replace("\n", "\\n").replace("\r", "\\r") + "\"}";
    for (String body : List.of("x" + fake, json)) {
      HttpRequest hostile =
          HttpRequest.newBuilder(receiver.url()).POST(BodyPublishers.ofString(body)).build();
      assertEquals(401, client.send(hostile, BodyHandlers.ofString()).statusCode());
    }
    List<String> answers = printed.toString().lines().filter(l -> l.startsWith("    a")).toList();
    assertEquals(List.of("    answered with 401", "    answered with 401"), answers);
  }

  @Test
  void aStatusThatIsNoneIsRefused() throws Exception {
    start(WELL);
    for (int wrong : List.of(100, 199, 600)) {
      Exception refused =
          assertThrows(IllegalArgumentException.class, () -> behaviour(wrong, 0, "", End.WHOLE));
      assertTrue(refused.getMessage().contains("200 to 599, not " + wrong));
    }
  }
}
