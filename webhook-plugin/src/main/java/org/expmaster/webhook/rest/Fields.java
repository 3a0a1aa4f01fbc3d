package org.expmaster.webhook.rest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.expmaster.plugin.http.ApiException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a JSON object, found by their camelCase or snake_case name. A null counts as
 * absent. A value of the wrong type causes an {@link ApiException} that names the field.
 */
record Fields(String prefix, ObjectNode node) {
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,19}");

  /** Returns the path of a field, for errors. */
  String path(String name) {
    return prefix + name;
  }

  Optional<String> text(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isString()) {
                throw wrong(name, value, "text");
              }
              return value.stringValue();
            });
  }

  /** Returns a whole number; proto-JSON writes 64 bits as text. */
  Optional<Long> integer(String name) {
    return find(name)
        .map(
            value -> {
              if (value.isString() && WHOLE.matcher(value.stringValue()).matches()) {
                return inRange(name, value.stringValue());
              }
              // not 1.0 or 1e2: an enormous exponent would cost what it says
              if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw wrong(name, value, "a whole number");
              }
              return value.longValue();
            });
  }

  private long inRange(String name, String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException tooLong) {
      throw ApiException.invalid(path(name) + " is " + digits + ", which has more than 64 bits");
    }
  }

  /** Returns a truth value; false if the field is absent. */
  boolean flag(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw wrong(name, value, "true or false");
              }
              return value.booleanValue();
            })
        .orElse(false);
  }

  /** Returns the name of an enum's value; empty if it is absent or the unspecified value. */
  Optional<String> enumName(String name, WireEnum type) {
    return find(name)
        .map(value -> type.name(value).orElseThrow(() -> unknown(name, value, type)))
        .filter(value -> !type.isUnspecified(value));
  }

  private ApiException unknown(String name, JsonNode value, WireEnum type) {
    String right = "one of " + String.join(", ", type.values());
    return value.isIntegralNumber() && value.canConvertToInt()
        ? ApiException.invalid(path(name) + " is " + value.intValue() + ", and must be " + right)
        : wrong(name, value, right);
  }

  boolean has(String name) {
    return find(name).isPresent();
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

  /** Returns an enum's constant, written as its name. */
  <E extends Enum<E>> E constant(String name, Class<E> type) {
    String text = text(name).orElseThrow(() -> ApiException.invalid(path(name) + " is missing"));
    return constant(name, text, "", type);
  }

  /**
   * Returns an enum's constant, written as a value of Determined's enum; empty if it is absent or
   * the unspecified value.
   *
   * @param constantPrefix the prefix before the constant's name
   */
  <E extends Enum<E>> Optional<E> constant(
      String name, WireEnum wireType, String constantPrefix, Class<E> type) {
    return enumName(name, wireType).map(text -> constant(name, text, constantPrefix, type));
  }

  private <E extends Enum<E>> E constant(
      String name, String text, String constantPrefix, Class<E> type) {
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
    for (String name : complete.propertyNames()) {
      find(name).ifPresent(value -> merged.set(name, value));
    }
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
