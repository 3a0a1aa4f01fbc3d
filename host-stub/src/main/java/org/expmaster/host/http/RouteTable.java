package org.expmaster.host.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Handler;
import org.expmaster.plugin.http.Routes;

/**
 * All routes of the master and its plugins. Thread-safe: requests read a snapshot.
 *
 * <p>A route is served only while its owner is open: a plugin's routes appear after it has started.
 * While the owner is suspended, requests to what it served are answered with 503.
 */
public final class RouteTable {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  private static final Duration RETRY_SUSPENDED = Duration.ofSeconds(5);

  private final List<Route> routes = new ArrayList<>();
  private final List<Route> suspended = new ArrayList<>();
  private final Set<String> open = new HashSet<>();
  private volatile List<Route> snapshot = List.of();

  /** Returns the registry for this owner's routes. */
  public Routes of(String owner) {
    return (method, path, access, handler) ->
        add(route(owner, method, path, access, (request, from) -> handler.handle(request), false));
  }

  /** Returns the registry for the master's own routes. */
  public OwnRoutes own(String owner) {
    return new OwnRoutes() {
      @Override
      public void add(String method, String path, Access access, Handler handler) {
        of(owner).add(method, path, access, handler);
      }

      @Override
      public void addInstant(String method, String path, Handler handler) {
        PlacedHandler anywhere = (request, from) -> handler.handle(request);
        RouteTable.this.add(route(owner, method, path, Access.PUBLIC, anywhere, true));
      }

      @Override
      public void addPlaced(String method, String path, Access access, PlacedHandler handler) {
        RouteTable.this.add(route(owner, method, path, access, handler, false));
      }
    };
  }

  private static Route route(
      String owner,
      String method,
      String path,
      Access access,
      OwnRoutes.PlacedHandler handler,
      boolean instant) {
    if (!METHODS.contains(method)) {
      throw new IllegalArgumentException("the method " + method + " must be one of " + METHODS);
    }
    return new Route(owner, method, PathTemplate.of(path), access, handler, instant);
  }

  private synchronized void add(Route route) {
    for (Route other : routes) {
      if (other.isSameAs(route)) {
        throw new IllegalStateException(
            "%s /%s is taken by %s"
                .formatted(
                    route.method(), String.join("/", route.path().segments()), other.owner()));
      }
    }
    routes.add(route);
    refresh();
  }

  /** Starts to serve this owner's routes. */
  public synchronized void open(String owner) {
    open.add(owner);
    suspended.removeIf(route -> route.owner().equals(owner));
    refresh();
  }

  /**
   * Removes all routes of this owner. Requests to those that were open get 503 until the owner
   * opens others, or is withdrawn, or another owner takes them.
   *
   * @param why the message of the error
   */
  public synchronized void suspend(String owner, String why) {
    open().filter(route -> route.owner().equals(owner)).forEach(it -> suspend(it, why));
    remove(owner);
  }

  private void suspend(Route route, String why) {
    suspended.add(
        route.answeredBy(
            (request, from) -> {
              throw ApiException.unavailable(why, RETRY_SUSPENDED);
            }));
  }

  /** Removes all routes of this owner, whether open or suspended. */
  public synchronized void withdraw(String owner) {
    suspended.removeIf(route -> route.owner().equals(owner));
    remove(owner);
  }

  private void remove(String owner) {
    open.remove(owner);
    routes.removeIf(route -> route.owner().equals(owner));
    refresh();
  }

  private Stream<Route> open() {
    return routes.stream().filter(route -> open.contains(route.owner()));
  }

  private void refresh() {
    Stream<Route> away =
        suspended.stream().filter(route -> open().noneMatch(other -> other.isSameAs(route)));
    snapshot =
        Stream.concat(open(), away)
            .sorted(Comparator.comparing(Route::path, PathTemplate.LITERAL_FIRST))
            .toList();
  }

  /** Returns the routes served now, each as a method and a path with names in braces. */
  public synchronized List<String> list() {
    return open()
        .sorted(Comparator.comparing(Route::path, PathTemplate.LITERAL_FIRST))
        .map(route -> route.method() + " /" + String.join("/", route.path().segments()))
        .toList();
  }

  /**
   * Finds the route for a request. Of several paths that match, the first in the order of {@link
   * PathTemplate#LITERAL_FIRST} answers all methods, as in OpenAPI.
   *
   * @throws ApiException NotFound, if no route has this path
   * @throws MethodNotAllowed if the path is known, but only with other methods
   */
  Route.Match find(String method, String path) throws MethodNotAllowed {
    List<String> segments = PathTemplate.split(path);
    // HEAD is GET without the body
    String wanted = method.equals("HEAD") ? "GET" : method;
    Set<String> allowed = new TreeSet<>();
    List<String> shape = null;
    for (Route route : snapshot) {
      var values = route.path().match(segments);
      if (values.isEmpty()) {
        continue;
      }
      if (shape != null && !shape.equals(route.path().shape())) {
        break;
      }
      if (route.method().equals(wanted)) {
        return new Route.Match(route, values.get());
      }
      shape = route.path().shape();
      allowed.add(route.method());
    }
    if (allowed.isEmpty()) {
      throw ApiException.notFound("there is nothing at this path");
    }
    throw new MethodNotAllowed(allowed);
  }

  /** The path is known, but only with other methods. */
  static final class MethodNotAllowed extends Exception {
    private static final long serialVersionUID = 1;

    private final String allow;

    MethodNotAllowed(Set<String> allowed) {
      super("this path answers to " + String.join(", ", allowed) + " only");
      Set<String> all = new TreeSet<>(allowed);
      if (all.contains("GET")) {
        all.add("HEAD");
      }
      this.allow = String.join(", ", all);
    }

    String allow() {
      return allow;
    }
  }
}
