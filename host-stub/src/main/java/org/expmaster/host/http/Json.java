package org.expmaster.host.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Response;

/** JSON as the master reads and writes it: plain maps, lists and values. Thread-safe. */
public final class Json {
  private static final ObjectMapper STRANGERS =
      mapper(StreamReadConstraints.builder().maxNestingDepth(100).build());

  /** Has wider limits: what was accepted once must stay readable forever. */
  private static final ObjectMapper OWN =
      mapper(
          StreamReadConstraints.builder()
              .maxNumberLength(Integer.MAX_VALUE)
              .maxStringLength(Integer.MAX_VALUE)
              .build());

  private Json() {}

  private static ObjectMapper mapper(StreamReadConstraints constraints) {
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
        .build();
  }

  /** Returns a 200 response with this document. */
  public static Response response(Map<String, ?> document) {
    return Response.json(bytes(document));
  }

  /** Returns a 200 response with one document a line, as gRPC's REST gateway writes a stream. */
  public static Response lines(List<Map<String, Object>> documents) {
    StringBuilder lines = new StringBuilder();
    documents.forEach(document -> lines.append(text(document)).append('\n'));
    return Response.json(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] bytes(Map<String, ?> document) {
    try {
      return OWN.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not plain values", e);
    }
  }

  public static String text(Map<String, ?> document) {
    try {
      return OWN.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not plain values", e);
    }
  }

  /** Parses what {@link #text} wrote. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> map(String text) {
    try {
      return OWN.readValue(text, LinkedHashMap.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON object", e);
    }
  }

  static JsonNode tree(byte[] body) {
    try {
      return STRANGERS.readTree(body);
    } catch (JsonProcessingException e) {
      // the original message, without the excerpt: a body may contain a password
      throw ApiException.invalid("the body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw ApiException.invalid("the body is not JSON");
    }
  }
}
