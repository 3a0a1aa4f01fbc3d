package org.expmaster.plugin.http;

/** Who may call a route; the master sees to it before the handler runs. */
public enum Access {
  /** Anyone, logged in or not; {@link Request#caller()} may be empty. */
  PUBLIC,
  /** Anyone logged in; others get 401. */
  LOGGED_IN,
  /** Admins; others who are logged in get 403, the rest 401. */
  ADMIN
}
