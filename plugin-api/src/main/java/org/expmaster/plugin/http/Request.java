package org.expmaster.plugin.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A request as a handler sees it.
 *
 * @param method the method, upper case
 * @param path the decoded path, without the query
 * @param pathParameters the decoded value of every {@code {name}} in the route's path
 * @param query the decoded query parameters, each with its values in order
 * @param headers the headers by lower-case name
 * @param body the body's bytes, whole and bounded by the master, which answers a larger one with
 *     413; empty where there was none. The array is the request's own: do not change it.
 * @param caller who sent it; never empty where the route's access asks for a login
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
   * The id in the path under this name.
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
      // falls through to the same answer as an id that nothing has
    }
    throw ApiException.notFound(name + " must be a positive whole number");
  }

  /** The first value of a query parameter, if it was sent. */
  public Optional<String> queryParameter(String name) {
    return Optional.ofNullable(query.get(name)).flatMap(values -> values.stream().findFirst());
  }

  /** A header's value, whatever the case of the name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * The caller of a route whose access asks for a login.
   *
   * @throws ApiException Unauthenticated, if there is none
   */
  public Caller requireCaller() {
    return caller.orElseThrow(() -> ApiException.unauthenticated("log in first"));
  }
}
