package org.expmaster.webhook.payload;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Creates JSON documents, and encodes them for the wire. */
final class Json {
  /** Keeps no buffers in the master's threads, which would hold its classes after a stop. */
  static final JsonFactory FACTORY =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.newConcurrentDequePool()).build();

  private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY).build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Encodes a document compactly, in UTF-8, and escapes only what JSON requires. */
  static byte[] bytes(ObjectNode document) {
    // via text, which makes an unpaired surrogate a question mark: straight to bytes, Jackson
    // escapes it, which many parsers refuse
    return MAPPER.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
  }
}
