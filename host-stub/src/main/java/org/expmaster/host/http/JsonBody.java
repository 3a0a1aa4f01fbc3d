package org.expmaster.host.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;

/**
 * A JSON object from a request. Fields are looked up in camelCase and also in snake_case, as in
 * gRPC's REST gateway; unknown fields are ignored.
 */
public final class JsonBody {
  private static final Pattern HUMP = Pattern.compile("[A-Z]");
  private static final Set<String> NO_JSON_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

  private final String path;
  private final JsonNode object;

  private JsonBody(String path, JsonNode object) {
    this.path = path;
    this.object = object;
  }

  /** Returns the request's body, whatever its content type; an empty body is an empty object. */
  public static JsonBody of(Request request) {
    JsonNode root =
        request.body().length == 0
            ? JsonNodeFactory.instance.objectNode()
            : Json.tree(request.body());
    if (!root.isObject()) {
      throw ApiException.invalid("the body must be a JSON object");
    }
    return new JsonBody("", root);
  }

  /** Returns the text if the whole body is a JSON string; otherwise empty. */
  public static Optional<String> textOf(Request request) {
    return Optional.of(request.body())
        .filter(body -> body.length > 0)
        .map(Json::tree)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue);
  }

  /** Returns the objects of a body that is a list of objects. */
  public static List<JsonBody> listOf(Request request) {
    return elements("", Json.tree(request.body()));
  }

  private static List<JsonBody> elements(String path, JsonNode list) {
    List<JsonBody> elements = new ArrayList<>();
    for (JsonNode element : list) {
      elements.add(new JsonBody(path + "[" + elements.size() + "].", element));
    }
    if (!list.isArray() || elements.stream().anyMatch(element -> !element.object.isObject())) {
      throw ApiException.invalid(
          (path.isEmpty() ? "the body" : path) + " must be a list of objects");
    }
    return elements;
  }

  /** Returns the objects of a list field; none if the field is missing. */
  public List<JsonBody> objects(String name) {
    return find(name).map(list -> elements(path + name, list)).orElse(List.of());
  }

  /**
   * Returns the numbers in an object field, by name. NaN and the infinities are written as strings.
   * Other values are skipped.
   */
  public Map<String, Double> numbers(String name) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    object(name)
        .ifPresent(
            found ->
                found
                    .object
                    .properties()
                    .forEach(
                        field -> {
                          if (field.getValue().isNumber()
                              || NO_JSON_NUMBERS.contains(field.getValue().asText())) {
                            numbers.put(field.getKey(), Double.valueOf(field.getValue().asText()));
                          }
                        }));
    return numbers;
  }

  public String requiredText(String name) {
    return text(name)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> wrong(name, "text, and not empty"));
  }

  public Optional<String> text(String name) {
    return find(name)
        .map(
            value -> {
              // PostgreSQL cannot store NUL
              if (!value.isTextual() || value.textValue().indexOf('\0') >= 0) {
                throw wrong(name, "text");
              }
              return value.textValue();
            });
  }

  public Optional<Boolean> bool(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw wrong(name, "true or false");
              }
              return value.booleanValue();
            });
  }

  /** Returns a whole number; protocol buffers write 64-bit integers as strings. */
  public Optional<Long> integer(String name) {
    return find(name)
        .map(
            value -> {
              if (value.isIntegralNumber() && value.canConvertToLong()) {
                return value.longValue();
              }
              try {
                return Long.valueOf(value.isTextual() ? value.textValue() : "no");
              } catch (NumberFormatException e) {
                throw wrong(name, "a whole number");
              }
            });
  }

  public Optional<JsonBody> object(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isObject()) {
                throw wrong(name, "an object");
              }
              return new JsonBody(path + name + ".", value);
            });
  }

  private Optional<JsonNode> find(String camelCase) {
    String snakeCase =
        HUMP.matcher(camelCase).replaceAll(hump -> "_" + hump.group().toLowerCase(Locale.ROOT));
    JsonNode value = object.has(camelCase) ? object.get(camelCase) : object.get(snakeCase);
    return Optional.ofNullable(value).filter(node -> !node.isNull());
  }

  private ApiException wrong(String name, String right) {
    return ApiException.invalid(path + name + " must be " + right);
  }
}
