package org.expmaster.webhook.payload;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Reads single values of JSON answers that may be cut off, malformed or hostile. */
final class AnswerJson {
  private AnswerJson() {}

  /** Returns the text or number at this path of an object; empty if there is none. */
  static Optional<String> value(String answer, String... path) {
    if (!answer.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), answer)) {
      parser.nextToken();
      for (String field : path) {
        if (!enter(parser, field)) {
          return Optional.empty();
        }
      }
      return parser.currentToken().isScalarValue()
          ? Optional.of(parser.getString())
          : Optional.empty();
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }

  /** Moves from an object to the value of one of its fields. */
  private static boolean enter(JsonParser parser, String field) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean isIt = field.equals(parser.currentName());
      parser.nextToken();
      if (isIt) {
        return parser.currentToken() != null;
      }
      parser.skipChildren();
    }
    return false;
  }
}
