package org.expmaster.webhook.rest;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;

/** Parses values in a query, or text in a body, the same way for all resources. */
final class QueryValues {
  private QueryValues() {}

  /**
   * Returns a whole number in the query, if present.
   *
   * @throws ApiException InvalidArgument, if it is not a number or out of bounds
   */
  static Optional<Long> number(Request request, String name, long least, long most) {
    return request
        .queryParameter(name)
        .map(
            text -> {
              try {
                long number = Long.parseLong(text);
                if (number >= least && number <= most) {
                  return number;
                }
              } catch (NumberFormatException notANumber) {
                // rejected below, like a number out of bounds
              }
              throw ApiException.invalid(
                  name
                      + " is \""
                      + shown(text)
                      + "\", and must be a whole number from "
                      + least
                      + " to "
                      + most);
            });
  }

  /**
   * Returns a truth value in the query; false if it is absent.
   *
   * @throws ApiException InvalidArgument, if it is neither true nor false
   */
  static boolean flag(Request request, String name) {
    String text = request.queryParameter(name).orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      throw ApiException.invalid(name + " is \"" + shown(text) + "\", and must be true or false");
    }
    return text.equals("true");
  }

  /**
   * Parses a time, in whole milliseconds since 1970, as all times here are stored.
   *
   * @param name name of the value, for the error
   * @throws ApiException InvalidArgument, if the text is not such a time
   */
  static Instant time(String name, String text) {
    try {
      return Instant.ofEpochMilli(Instant.parse(text).toEpochMilli());
    } catch (DateTimeParseException | ArithmeticException wrong) {
      throw ApiException.invalid(
          name
              + " is \""
              + shown(text)
              + "\", and must be a UTC time such as 2026-03-01T12:00:00Z, within 292,000,000 years"
              + " of 1970");
    }
  }

  private static String shown(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
