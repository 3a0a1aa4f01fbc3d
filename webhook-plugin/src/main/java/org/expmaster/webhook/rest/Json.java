package org.expmaster.webhook.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Response;

/** Reads and writes JSON documents for all resources. */
final class Json {
  private static final ObjectMapper MAPPER =
      builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  /** As Python writes JSON, which has NaN and Infinity, and may repeat a key. */
  private static final ObjectMapper LENIENT =
      builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private Json() {}

  /** By default, Jackson keeps buffers in the master's threads, and so its classes after a stop. */
  private static JsonMapper.Builder builder() {
    return JsonMapper.builder(
        JsonFactory.builder().recyclerPool(JsonRecyclerPools.newConcurrentDequePool()).build());
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
    } catch (JsonProcessingException malformed) {
      // not the parser's message, which repeats what it read, perhaps a secret
      JsonLocation at = malformed.getLocation();
      throw ApiException.invalid(
          "the body is not valid JSON"
              + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
    } catch (IOException notText) {
      // zero bytes look like UTF-32, whose decoder throws an exception of its own
      throw ApiException.invalid("the body is not valid JSON: its bytes are no text");
    }
    if (document instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.invalid("the body must be a JSON object: " + what);
  }

  static ObjectNode empty() {
    return MAPPER.createObjectNode();
  }

  static Response response(JsonNode document, Map<String, String> moreHeaders) {
    Response plain = response(document);
    Map<String, String> headers = new HashMap<>(plain.headers());
    headers.putAll(moreHeaders);
    return new Response(plain.status(), headers, plain.body());
  }

  static Response response(JsonNode document) {
    try {
      return Response.json(MAPPER.writeValueAsBytes(document));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of plain values is always writable", impossible);
    }
  }
}
