package org.expmaster.host.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.expmaster.host.testing.Signatures;
import org.junit.jupiter.api.Test;

final class SignatureCheckTest {
  private static final Instant NOW = Instant.now();
  private static final long SECONDS = NOW.getEpochSecond();

  private static Verdict documented(String key, Incoming delivery) {
    return new SignatureCheck(List.of(key)).documented(delivery);
  }

  @Test
  void everyVectorOfTheContractIsVerifiedAtItsTime() throws Exception {
    JsonNode vectors =
        new ObjectMapper()
            .readTree(getClass().getResourceAsStream("/contract/signature-vectors.json"));
    assertTrue(vectors.size() > 1);
    for (JsonNode vector : vectors) {
      String timestamp = vector.get("timestamp").asText();
      Incoming delivery =
          Deliveries.documented(
              vector.get("body").asText(),
              timestamp,
              vector.get("signature").asText(),
              Instant.ofEpochSecond(Long.parseLong(timestamp)));
      Verdict verdict = documented(vector.get("key").asText(), delivery);
      assertTrue(verdict.verified(), vector.get("name") + ": " + verdict);
    }
  }

  @Test
  void aGenuineAndRecentRequestIsAcceptedAndNoOther() {
    assertTrue(documented("key", Deliveries.signed("key", SECONDS, NOW)).verified());
    assertTrue(documented("key", Deliveries.signed("key", SECONDS - 299, NOW)).verified());
    assertEquals(
        "NOT verified: no key matches",
        documented("other", Deliveries.signed("key", SECONDS, NOW)).words());
    for (long distant : List.of(SECONDS - 302, SECONDS + 302, 999_999_999_999_999L)) {
      Verdict verdict = documented("key", Deliveries.signed("key", distant, NOW));
      assertEquals(
          "NOT verified: the timestamp " + distant + " is more than 5 minutes from now",
          verdict.words());
    }
  }

  @Test
  void aTimestampThatIsNoNumberIsRefusedThoughItIsSigned() {
    // the last but one is an Arabic digit, as servers read its two bytes
    for (String odd :
        List.of("abc", "", "1e9", " 1", "+" + SECONDS, "-1", "é", "Ù¡", "1".repeat(16))) {
      String signature = Signatures.sign("key", odd, Deliveries.BODY.getBytes(UTF_8));
      Incoming delivery = Deliveries.documented(Deliveries.BODY, odd, signature, NOW);
      assertEquals(
          "NOT verified: the timestamp is not 1 to 15 digits", documented("key", delivery).words());
    }
    String body = Deliveries.BODY;
    String signature = Signatures.sign("key", "" + SECONDS, body.getBytes(UTF_8));
    int comma = body.indexOf(',');
    String moved = SECONDS + "," + body.substring(0, comma);
    Incoming delivery = Deliveries.documented(body.substring(comma + 1), moved, signature, NOW);
    assertFalse(documented("key", delivery).verified());
  }

  @Test
  void aRequestWithoutSignaturesIsNotVerified() {
    SignatureCheck check = new SignatureCheck(List.of("key"));
    Incoming bare = Deliveries.documented("{}", "", "", NOW);
    assertFalse(check.accepts(bare));
    assertEquals("NOT verified: the header is not there", check.documented(bare).words());
    assertEquals(check.documented(bare), check.standard(bare));
  }

  @Test
  void anyKeyOfTheListVerifiesWhicheverItIs() {
    SignatureCheck check = new SignatureCheck(List.of("new", "old"));
    assertEquals(
        "verified with key 1", check.documented(Deliveries.signed("new", SECONDS, NOW)).words());
    assertEquals(
        "verified with key 2", check.documented(Deliveries.signed("old", SECONDS, NOW)).words());
  }

  @Test
  void oneOfSeveralSignaturesIsEnough() throws Exception {
    byte[] own = "0123456789abcdef01234567".getBytes(UTF_8);
    String signatures =
        new Webhook(own).sign("id", SECONDS, Deliveries.BODY)
            + " "
            + new Webhook("master".getBytes(UTF_8)).sign("id", SECONDS, Deliveries.BODY)
            + " v1a,ofAnotherScheme";
    Incoming delivery = Deliveries.standard("id", SECONDS, signatures, NOW);
    SignatureCheck check =
        new SignatureCheck(List.of("unknown", "whsec_" + Base64.getEncoder().encodeToString(own)));
    assertEquals("verified with key 2 (signature 1 of 3)", check.standard(delivery).words());
    assertTrue(check.accepts(delivery));
    assertEquals(
        "verified with key 1 (signature 2 of 3)",
        new SignatureCheck(List.of("master")).standard(delivery).words());
    SignatureCheck other = new SignatureCheck(List.of("unknown"));
    assertEquals("NOT verified: no key matches", other.standard(delivery).words());
    assertFalse(other.accepts(delivery));
  }

  @Test
  void aKeyOfTheMasterMayBeWrittenEitherWayForBothHeaders() {
    Incoming delivery = Deliveries.signed("key", SECONDS, NOW);
    String encoded = "whsec_" + Base64.getEncoder().encodeToString("key".getBytes(UTF_8));
    assertTrue(documented(encoded, delivery).verified());
    Incoming oddKey = Deliveries.signed(encoded, SECONDS, NOW);
    assertTrue(documented(encoded, oddKey).verified(), "a key that itself begins with whsec_");
  }

  @Test
  void aKeyThatIsNoneIsRefusedWithoutBeingShown() {
    for (String wrong : List.of("", "whsec_", "whsec_n*t base64")) {
      Exception refused =
          assertThrows(
              IllegalArgumentException.class, () -> new SignatureCheck(List.of("good", wrong)));
      assertFalse(refused.getMessage().contains("n*t"), refused.getMessage());
    }
    assertEquals("Key[…]", new Key("secret").toString());
  }
}
