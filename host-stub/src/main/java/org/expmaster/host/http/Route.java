package org.expmaster.host.http;

import java.util.Map;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.Handler;

/** A row of the table. */
record Route(String owner, String method, PathTemplate path, Access access, Handler handler) {

  /** A row that fits a request, with what its path says. */
  record Match(Route route, Map<String, String> pathParameters) {}
}
