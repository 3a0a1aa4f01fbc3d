package org.expmaster.plugin.model;

import java.util.Objects;

/**
 * A workspace of the master.
 *
 * @param id its id, positive
 * @param name its current name, unique in the master
 * @param ownerId the id of the user who owns it
 */
public record Workspace(long id, String name, long ownerId) {
  public Workspace {
    Objects.requireNonNull(name, "name");
  }
}
