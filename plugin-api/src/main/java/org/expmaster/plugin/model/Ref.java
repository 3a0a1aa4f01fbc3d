package org.expmaster.plugin.model;

import java.util.Objects;

/**
 * A workspace, a project or a user as something else names it.
 *
 * @param id its id, positive, the same for its whole life
 * @param name its name at the moment this record was made; people rename things
 */
public record Ref(long id, String name) {
  public Ref {
    Objects.requireNonNull(name, "name");
  }
}
