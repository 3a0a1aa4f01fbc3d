package org.expmaster.plugin.http;

/** Registers a plugin's routes. */
public interface Routes {

  /**
   * Adds a route. The master serves it as soon as the plugin has started.
   *
   * @param method {@code GET}, {@code POST}, {@code PUT}, {@code PATCH} or {@code DELETE}
   * @param path an absolute path whose segments are literals or one {@code {name}} each; a literal
   *     segment takes precedence over a name, for all methods
   * @param access who may call the route
   * @param handler answers the requests
   * @throws IllegalArgumentException if the method or the path does not have this form
   * @throws IllegalStateException if the route is already taken
   */
  void add(String method, String path, Access access, Handler handler);
}
