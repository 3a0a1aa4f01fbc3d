package org.expmaster.host.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;

/**
 * A JSON object someone sent. Fields are asked for in camelCase and found in snake_case too, as
 * gRPC's REST gateway has it; those nobody asks for are ignored.
 */
public final class JsonBody {
  private static final Pattern HUMP = Pattern.compile("[A-Z]");

  private final String path;
  private final JsonNode object;

  private JsonBody(String path, JsonNode object) {
    this.path = path;
    this.object = object;
  }

  /** The request's body, whatever its content type; an empty one is an empty object. */
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

  public String requiredText(String name) {
    return text(name)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> wrong(name, "text, and not empty"));
  }

  public Optional<String> text(String name) {
    return find(name)
        .map(
            value -> {
              // PostgreSQL keeps no NUL
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

  /** A whole number; protocol buffers write a long one as text. */
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
