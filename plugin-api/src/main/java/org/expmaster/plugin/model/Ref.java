package org.expmaster.plugin.model;

import java.util.Objects;

/**
 * A reference to a workspace, a project or a user.
 *
 * @param id its id, positive; never changes
 * @param name its name when this record was created; it may be renamed later
 */
public record Ref(long id, String name) {
  public Ref {
    Objects.requireNonNull(name, "name");
  }
}
