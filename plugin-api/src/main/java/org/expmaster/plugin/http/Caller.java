package org.expmaster.plugin.http;

import java.util.Objects;

/**
 * The user who sent a request, as authenticated by the master's own login.
 *
 * @param userId the user's id, positive
 * @param username the user's name
 * @param admin whether the user is an admin of the master
 */
public record Caller(long userId, String username, boolean admin) {
  public Caller {
    Objects.requireNonNull(username, "username");
  }
}
