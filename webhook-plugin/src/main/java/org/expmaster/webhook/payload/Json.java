package org.expmaster.webhook.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** Creates JSON documents, and encodes them for the wire. */
final class Json {
  /** By default, Jackson keeps buffers in the master's threads, and so its classes after a stop. */
  static final JsonFactory FACTORY =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.newConcurrentDequePool()).build();

  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Encodes a document compactly, in UTF-8, and escapes only what JSON requires. */
  static byte[] bytes(ObjectNode document) {
    try {
      // via text: straight to bytes, Jackson escapes what is beyond 16 bits, such as emoji.
      // An unpaired surrogate becomes a question mark; many parsers would refuse its escape.
      return MAPPER.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of plain values is always writable", impossible);
    }
  }
}
