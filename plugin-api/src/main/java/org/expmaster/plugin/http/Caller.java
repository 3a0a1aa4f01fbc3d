package org.expmaster.plugin.http;

import java.util.Objects;

/**
 * Who sent a request, as the master's own login established it.
 *
 * @param userId the user's id, positive
 * @param username the user's name
 * @param admin whether the user administers the master
 */
public record Caller(long userId, String username, boolean admin) {
  public Caller {
    Objects.requireNonNull(username, "username");
  }
}
