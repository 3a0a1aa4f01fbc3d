package org.expmaster.webhook.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** Reads single values of JSON answers that may be cut off, malformed or hostile. */
final class AnswerJson {
  private AnswerJson() {}

  /** Returns the text or number at this path of an object; empty if there is none. */
  static Optional<String> value(String answer, String... path) {
    if (!answer.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    try (JsonParser parser = Json.FACTORY.createParser(answer)) {
      parser.nextToken();
      for (String field : path) {
        if (!enter(parser, field)) {
          return Optional.empty();
        }
      }
      return parser.currentToken().isScalarValue()
          ? Optional.of(parser.getText())
          : Optional.empty();
    } catch (IOException malformed) {
      return Optional.empty();
    }
  }

  /** Moves from an object to the value of one of its fields. */
  private static boolean enter(JsonParser parser, String field) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
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
