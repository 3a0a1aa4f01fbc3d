package org.expmaster.plugin.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TaskTest {
  @Test
  void aTaskWithoutAnIdIsNone() {
    OptionalLong none = OptionalLong.empty();
    assertEquals("a", new Task("a", "COMMAND", none, none).id());
    assertThrows(IllegalArgumentException.class, () -> new Task("", "COMMAND", none, none));
  }
}
