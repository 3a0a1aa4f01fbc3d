package org.expmaster.webhook.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.expmaster.plugin.http.ApiException;

/**
 * The fields of a JSON object, found by their camelCase or snake_case name. A null counts as
 * absent. A value of the wrong type causes an {@link ApiException} that names the field.
 */
record Fields(String prefix, ObjectNode node) {

  /** Returns the path of a field, for errors. */
  String path(String name) {
    return prefix + name;
  }

  Optional<String> text(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isTextual()) {
                throw wrong(name, value, "text");
              }
              return value.textValue();
            });
  }

  Optional<Long> integer(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw wrong(name, value, "a whole number");
              }
              return value.longValue();
            });
  }

  List<JsonNode> list(String name) {
    List<JsonNode> items = new ArrayList<>();
    find(name)
        .ifPresent(
            value -> {
              if (!value.isArray()) {
                throw wrong(name, value, "a list");
              }
              value.forEach(items::add);
            });
    return items;
  }

  /** Returns the object in a field; an empty one if the field is absent. */
  ObjectNode object(String name) {
    JsonNode value = find(name).orElseGet(JsonNodeFactory.instance::objectNode);
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw wrong(name, value, "an object");
  }

  Fields nested(String name) {
    return new Fields(path(name) + ".", object(name));
  }

  /** Returns an enum's constant, written with a prefix before its name. */
  <E extends Enum<E>> E constant(String name, String constantPrefix, Class<E> type) {
    String text = text(name).orElseThrow(() -> ApiException.invalid(path(name) + " is missing"));
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> text.equals(constantPrefix + constant.name()))
        .findFirst()
        .orElseThrow(
            () ->
                ApiException.invalid(
                    path(name)
                        + " is \""
                        + text
                        + "\", and must be one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constantPrefix + constant.name())
                            .collect(Collectors.joining(", "))));
  }

  /** Returns the fields of a complete object, overwritten by those present here. */
  Fields over(ObjectNode complete) {
    ObjectNode merged = complete.deepCopy();
    complete
        .fieldNames()
        .forEachRemaining(name -> find(name).ifPresent(value -> merged.set(name, value)));
    return new Fields(prefix, merged);
  }

  private Optional<JsonNode> find(String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      value = node.get(snakeCase(name));
    }
    return Optional.ofNullable(value).filter(found -> !found.isNull());
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private ApiException wrong(String name, JsonNode value, String right) {
    String kind = value.getNodeType().name().toLowerCase(Locale.ROOT);
    return ApiException.invalid(path(name) + " is of type " + kind + ", and must be " + right);
  }
}
