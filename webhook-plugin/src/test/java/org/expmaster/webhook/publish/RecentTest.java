package org.expmaster.webhook.publish;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RecentTest {
  @Test
  void whatNobodyAsksForMakesRoom() {
    Recent<String> recent = new Recent<>(2);
    recent.add("a");
    recent.add("b");
    assertTrue(recent.contains("a"));
    recent.add("c");
    assertTrue(recent.contains("a"));
    assertTrue(recent.contains("c"));
    assertFalse(recent.contains("b"));
  }
}
