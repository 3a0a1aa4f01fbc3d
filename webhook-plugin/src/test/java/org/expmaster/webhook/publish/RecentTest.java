package org.expmaster.webhook.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RecentTest {
  @Test
  void whatNobodyAsksForMakesRoom() {
    Recent<String> recent = new Recent<>(2);
    recent.add("a");
    recent.add("b");
    assertTrue(recent.contains("a"));
    recent.add("c");
    assertEquals(Set.of("a", "c"), recent.all());
  }
}
