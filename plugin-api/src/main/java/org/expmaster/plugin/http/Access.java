package org.expmaster.plugin.http;

/** Who may call a route. The master checks it before the handler runs. */
public enum Access {
  /** Anyone, logged in or not; {@link Request#caller()} may be empty. */
  PUBLIC,
  /** Any logged-in user; others get 401. */
  LOGGED_IN,
  /** Admins; other logged-in users get 403, anyone else gets 401. */
  ADMIN
}
