package org.expmaster.webhook.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.expmaster.webhook.signing.WebhookSecrets.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.expmaster.webhook.signing.SigningKeys.Announced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.ObjectMapper;

class SignerTest {
  private static final String SIGNATURE = "X-Determined-AI-Signature";
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final Instant AT = Instant.ofEpochSecond(1_662_562_300);
  private static final byte[] BODY = "{\"name\":\"实验 🎉\"}".getBytes(UTF_8);

  private record Vector(
      String name, String key, long timestamp, String body, String signature, String note) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void signsAsTheContractSays(Vector vector) {
    Map<String, String> headers =
        headers(vector.key, Instant.ofEpochSecond(vector.timestamp), vector.body.getBytes(UTF_8));
    assertEquals(vector.signature, headers.get(SIGNATURE), vector.note);
    assertEquals(
        Long.toString(vector.timestamp), headers.get("X-Determined-AI-Signature-Timestamp"));
  }

  static Stream<Vector> vectors() throws IOException {
    return Arrays.stream(
        new ObjectMapper()
            .readValue(
                SignerTest.class.getResourceAsStream("/contract/signature-vectors.json"),
                Vector[].class));
  }

  @Test
  void allVectorsOfTheContractAreRead() throws IOException {
    assertEquals(6, vectors().count());
  }

  @Test
  void noOtherBodyTimeOrKeyHasTheSameSignature() {
    String signature = headers(KEY, AT, BODY).get(SIGNATURE);
    byte[] tampered = BODY.clone();
    tampered[tampered.length - 1] ^= 1;
    Stream.of(
            headers(KEY, AT, tampered),
            headers(KEY, AT, Arrays.copyOf(BODY, BODY.length + 1)),
            headers(KEY, AT.plusSeconds(1), BODY),
            headers(KEY + "0", AT, BODY),
            headers(KEY.toUpperCase(Locale.ROOT), AT, BODY))
        .forEach(other -> assertNotEquals(signature, other.get(SIGNATURE)));
  }

  @Test
  void theTimeIsWholeSecondsRoundedDown() {
    assertEquals(headers(KEY, AT, BODY), headers(KEY, AT.plusMillis(999), BODY));
  }

  @Test
  void theHeadersAreTheDocumentedOnesAndThoseOfStandardWebhooks() {
    Map<String, String> headers = headers(KEY, AT, BODY);
    assertEquals(
        Set.of(
            "X-Determined-AI-Signature",
            "X-Determined-AI-Signature-Timestamp",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature"),
        headers.keySet());
    assertEquals("event-1", headers.get("webhook-id"));
    assertEquals("1662562300", headers.get("webhook-timestamp"));
  }

  /** The expected value comes from openssl: {@code dgst -sha256 -hmac KEY -binary | base64}. */
  @Test
  void theStandardSignatureIsOverIdTimeAndBody() {
    Map<String, String> headers = headers(KEY, AT, "{\"id\":1}".getBytes(UTF_8));
    assertEquals(
        "v1,CAm+yJOADdWtX6sz6/AoDOv5JH0mb9FEgmjoNutB2Ks=", headers.get("webhook-signature"));
  }

  @Test
  void aPublicLibraryOfStandardWebhooksVerifiesWhatWeSend() throws Exception {
    Webhook receiver = new Webhook(Base64.getEncoder().encodeToString(KEY.getBytes(UTF_8)));
    Map<String, List<String>> received = received(headers(KEY, Instant.now(), BODY));
    receiver.verify(new String(BODY, UTF_8), received);
    assertThrows(
        WebhookVerificationException.class, () -> receiver.verify("{\"name\":\"\"}", received));
  }

  @Test
  void aPublicLibraryOfStandardWebhooksRefusesAnotherKey() {
    Webhook receiver = new Webhook("another key".getBytes(UTF_8));
    Map<String, List<String>> received = received(headers(KEY, Instant.now(), BODY));
    assertThrows(
        WebhookVerificationException.class,
        () -> receiver.verify(new String(BODY, UTF_8), received));
  }

  @Test
  void duringARotationTheDocumentedSignatureIsTheCurrentKeysAlone() {
    Map<String, String> headers = signer(rotating(), AT).headers("event-1", BODY, NONE);
    assertEquals(headers(KEY, AT, BODY).get(SIGNATURE), headers.get(SIGNATURE));
  }

  @Test
  void duringARotationReceiversWithAnyOfTheKeysVerify() throws Exception {
    Map<String, String> headers = signer(rotating(), Instant.now()).headers("event-1", BODY, NONE);
    for (String key : List.of(KEY, "the next key", "the old key")) {
      new Webhook(key.getBytes(UTF_8)).verify(new String(BODY, UTF_8), received(headers));
    }
    assertThrows(
        WebhookVerificationException.class,
        () ->
            new Webhook("no key of ours".getBytes(UTF_8))
                .verify(new String(BODY, UTF_8), received(headers)));
  }

  private static SigningKeys rotating() {
    return new SigningKeys(
        SigningKey.of(KEY),
        Optional.of(new Announced(SigningKey.of("the next key"), Optional.empty())),
        List.of(SigningKey.of("the old key")));
  }

  @Test
  void manyThreadsMaySignAtOnce() throws Exception {
    Signer signer = signer(KEY, AT);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> tasks =
          IntStream.range(0, 400)
              .<Callable<Boolean>>mapToObj(
                  i -> {
                    byte[] body = ("body " + i).repeat(200).getBytes(UTF_8);
                    return () ->
                        signer.headers("e" + i, body, NONE).equals(headers(KEY, "e" + i, AT, body));
                  })
              .toList();
      for (Future<Boolean> same : threads.invokeAll(tasks)) {
        assertTrue(same.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aKeyDoesNotShowItselfUnlessItIsAskedTo() {
    SigningKey key = SigningKey.of(KEY);
    SigningKeys keys = SigningKeys.only(key);
    assertFalse((key + " " + List.of(key) + " " + keys).contains(KEY));
    assertEquals(KEY, key.reveal());
  }

  @Test
  void aKeyCannotBeEmpty() {
    assertThrows(IllegalArgumentException.class, () -> SigningKey.of(""));
  }

  @Test
  void aMadeKeyIs32BytesInHexAndNeverTheSame() {
    Set<String> keys =
        Stream.generate(SigningKey::random)
            .limit(100)
            .map(SigningKey::reveal)
            .collect(Collectors.toSet());
    assertEquals(100, keys.size());
    keys.forEach(key -> assertTrue(key.matches("[0-9a-f]{64}"), key.length() + " digits"));
  }

  private static Map<String, String> headers(String key, Instant at, byte[] body) {
    return headers(key, "event-1", at, body);
  }

  private static Map<String, String> headers(String key, String id, Instant at, byte[] body) {
    return signer(key, at).headers(id, body, NONE);
  }

  private static Signer signer(String key, Instant at) {
    return signer(SigningKeys.only(SigningKey.of(key)), at);
  }

  private static Signer signer(SigningKeys keys, Instant at) {
    return new Signer(keys, Clock.fixed(at, ZoneOffset.UTC));
  }

  private static Map<String, List<String>> received(Map<String, String> headers) {
    return headers.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
  }
}
