package org.expmaster.plugin.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A request as a handler receives it.
 *
 * @param method the method, upper case
 * @param path the decoded path, without the query
 * @param pathParameters the decoded value of every {@code {name}} in the route's path
 * @param query the decoded query parameters, each with its values in order
 * @param headers the headers by lower-case name
 * @param body the whole body; empty if there is none. The master bounds its size and answers a
 *     larger one with 413. The array is not copied: do not change it.
 * @param caller the user who sent the request; never empty if the route's access requires a login
 */
public record Request(
    String method,
    String path,
    Map<String, String> pathParameters,
    Map<String, List<String>> query,
    Map<String, String> headers,
    byte[] body,
    Optional<Caller> caller) {

  public Request {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    pathParameters = Map.copyOf(pathParameters);
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(caller, "caller");
  }

  /**
   * Returns the id in the path parameter of this name.
   *
   * @throws ApiException NotFound, if it is not a positive whole number: nothing has such an id
   */
  public long pathId(String name) {
    String value = pathParameters.get(name);
    try {
      long id = Long.parseLong(value);
      if (id > 0) {
        return id;
      }
    } catch (NumberFormatException notANumber) {
      // falls through to the answer for an id that does not exist
    }
    throw ApiException.notFound(name + " must be a positive whole number");
  }

  /** Returns the first value of a query parameter, or empty if it was not sent. */
  public Optional<String> queryParameter(String name) {
    return Optional.ofNullable(query.get(name)).flatMap(values -> values.stream().findFirst());
  }

  /** Returns a header's value, or empty if it was not sent; the name may have any case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * Returns the caller of a route whose access requires a login.
   *
   * @throws ApiException Unauthenticated, if there is no caller
   */
  public Caller requireCaller() {
    return caller.orElseThrow(() -> ApiException.unauthenticated("log in first"));
  }
}
