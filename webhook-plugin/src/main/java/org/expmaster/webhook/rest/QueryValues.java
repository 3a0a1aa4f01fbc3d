package org.expmaster.webhook.rest;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;

/** What stands in a query, or as text in a body, read alike for every resource. */
final class QueryValues {
  private QueryValues() {}

  /**
   * A whole number in the query, if it is there.
   *
   * @throws ApiException InvalidArgument, if it is none, or out of bounds
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
                // told below, with what is out of bounds
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
   * A time of which the milliseconds since 1970 can be counted, as every time here is kept.
   *
   * @param name what it is called
   * @throws ApiException InvalidArgument, if it is none
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
