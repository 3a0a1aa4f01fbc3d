package org.expmaster.webhook.rest;

import java.util.HashMap;
import java.util.Map;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes JSON documents for all resources. */
final class Json {
  /** How deeply objects and arrays may be nested. */
  private static final int MAX_DEPTH = 1_000;

  private static final ObjectMapper MAPPER =
      builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** As Python writes JSON, which has NaN and Infinity, and may repeat a key. */
  private static final ObjectMapper LENIENT =
      builder()
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private Json() {}

  /** Keeps no buffers in the master's threads, which would hold its classes after a stop. */
  private static JsonMapper.Builder builder() {
    return JsonMapper.builder(
        JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .streamWriteConstraints(
                StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build());
  }

  /**
   * @param what description of the expected object, for the error
   * @throws ApiException InvalidArgument, if the body is not one JSON object
   */
  static ObjectNode object(byte[] body, String what) {
    return object(MAPPER, body, what);
  }

  /** The same for what comes from training code, where an error ends the job. */
  static ObjectNode lenientObject(byte[] body, String what) {
    return object(LENIENT, body, what);
  }

  private static ObjectNode object(ObjectMapper mapper, byte[] body, String what) {
    JsonNode document;
    try {
      document = mapper.readTree(body);
    } catch (JacksonIOException notText) {
      // zero bytes look like UTF-32, whose decoder throws an exception of its own
      throw ApiException.invalid("the body is not valid JSON: its bytes are no text");
    } catch (JacksonException malformed) {
      // not the parser's message, which repeats what it read, perhaps a secret
      TokenStreamLocation at = malformed.getLocation();
      throw ApiException.invalid(
          "the body is not valid JSON"
              + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
    }
    if (document instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.invalid("the body must be a JSON object: " + what);
  }

  static ObjectNode empty() {
    return MAPPER.createObjectNode();
  }

  static String text(JsonNode document) {
    return MAPPER.writeValueAsString(document);
  }

  static Response response(JsonNode document, Map<String, String> moreHeaders) {
    Response plain = response(document);
    Map<String, String> headers = new HashMap<>(plain.headers());
    headers.putAll(moreHeaders);
    return new Response(plain.status(), headers, plain.body());
  }

  static Response response(JsonNode document) {
    return Response.json(MAPPER.writeValueAsBytes(document));
  }
}
