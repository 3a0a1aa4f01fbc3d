package org.expmaster.host.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SignatureCheckTest {
  private static final byte[] BODY = "{\"a\":1}".getBytes(UTF_8);
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  private final SignatureCheck check = new SignatureCheck("key");

  private boolean accepts(long timestamp, String signature) {
    return check.accepts("" + timestamp, signature, BODY, NOW);
  }

  @Test
  void everyVectorOfTheContractIsSignedAsItSays() throws Exception {
    JsonNode vectors =
        new ObjectMapper()
            .readTree(getClass().getResourceAsStream("/contract/signature-vectors.json"));
    assertTrue(vectors.size() > 1);
    for (JsonNode vector : vectors) {
      String signature =
          new SignatureCheck(vector.get("key").asText())
              .sign(vector.get("timestamp").asText(), vector.get("body").asText().getBytes(UTF_8));
      assertEquals(vector.get("signature").asText(), signature, vector.get("name").asText());
    }
  }

  @Test
  void aGenuineAndRecentRequestIsAcceptedAndNoOther() {
    long now = NOW.getEpochSecond();
    assertTrue(accepts(now, check.sign("" + now, BODY)));
    assertFalse(accepts(now, check.sign("" + (now - 1), BODY)));
    assertFalse(accepts(now, new SignatureCheck("other").sign("" + now, BODY)));
    assertFalse(accepts(now - 301, check.sign("" + (now - 301), BODY)));
    assertTrue(accepts(now - 300, check.sign("" + (now - 300), BODY)));
    assertFalse(check.accepts(null, null, BODY, NOW));
    assertFalse(check.accepts("soon", check.sign("soon", BODY), BODY, NOW));
  }
}
