package org.expmaster.plugin.http;

/** What stands behind a route. Called from several of the master's threads at once. */
@FunctionalInterface
public interface Handler {

  /**
   * Answers a request. May wait, within reason.
   *
   * @throws ApiException to answer with that error
   * @throws Exception anything else is answered with 500 and no detail, and logged by the master
   */
  Response handle(Request request) throws Exception;
}
