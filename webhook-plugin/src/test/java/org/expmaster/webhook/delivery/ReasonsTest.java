package org.expmaster.webhook.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

final class ReasonsTest {
  @Test
  void whatTheDatabaseSaysComesFirstAndOnOneLine() {
    SQLException refused = new SQLException("duplicate key\nDetail: a row", "23505");
    assertEquals(
        "duplicate key (SQLSTATE 23505)", Reasons.of(new IllegalStateException("outer", refused)));
  }

  @Test
  void whatCannotBeDescribedThrowsNothing() {
    Error undescribable =
        new Error() {
          @Override
          public String toString() {
            throw new OutOfMemoryError("made up by a test");
          }
        };
    assertEquals("an error of which nothing more can be said", Reasons.of(undescribable));
  }
}
