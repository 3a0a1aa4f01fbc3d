package org.expmaster.plugin.http;

/** Where a plugin adds its routes. */
public interface Routes {

  /**
   * Adds a route. It answers from the moment the plugin has started.
   *
   * @param method {@code GET}, {@code POST}, {@code PUT}, {@code PATCH} or {@code DELETE}
   * @param path an absolute path whose segments are literal or one {@code {name}}; a literal
   *     segment wins over a name
   * @param access who may call it
   * @param handler what answers
   * @throws IllegalArgumentException if the method or the path is not of that form
   * @throws IllegalStateException if the route is taken
   */
  void add(String method, String path, Access access, Handler handler);
}
