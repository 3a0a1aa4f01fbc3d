package org.expmaster.webhook.registry;

import java.util.Objects;
import org.expmaster.webhook.db.Along;

/**
 * Who creates or edits a webhook.
 *
 * @param name the user's name, kept as the webhook's last editor; empty for nobody in particular
 * @param along written together with the edit
 */
public record Editor(long userId, String name, Along along) {
  /** Nobody whom anyone could ask. */
  static final Editor NOBODY = unnamed(0);

  public Editor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(along, "along");
  }

  static Editor unnamed(long userId) {
    return new Editor(userId, "", Along.NOTHING);
  }
}
