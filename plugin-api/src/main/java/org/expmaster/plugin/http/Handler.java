package org.expmaster.plugin.http;

/** Handles the requests to a route. Called concurrently from several of the master's threads. */
@FunctionalInterface
public interface Handler {

  /**
   * Answers a request. May block, within reason.
   *
   * @throws ApiException to answer with that error
   * @throws Exception anything else is answered with 500 and no detail, and logged by the master
   */
  Response handle(Request request) throws Exception;
}
