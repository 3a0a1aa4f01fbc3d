package org.expmaster.plugin;

import static org.expmaster.plugin.OneSetting.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The names in a section. */
class SettingsNamesTest {
  private static final String SECRET = "hunter2";

  @Test
  void namesComeInTheOrderTheyWereWritten() {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("zebra", 1);
    section.put("ant", null);
    section.put("monkey", Map.of());
    Set<String> names = Settings.of(Map.of("a", section)).names("a");
    assertEquals(List.of("zebra", "ant", "monkey"), List.copyOf(names));
    assertThrows(UnsupportedOperationException.class, () -> names.remove("ant"));
  }

  @Test
  void namesOfNothingAreNone() {
    Map<String, Object> empty = new LinkedHashMap<>();
    empty.put("a", null);
    assertEquals(Set.of(), Settings.of(Map.of()).names("a"));
    assertEquals(Set.of(), Settings.of(empty).names("a"));
  }

  @Test
  void namesOfWhatIsNoMappingAreRefusedWithoutRepeatingIt() {
    for (Object wrong : List.of(SECRET, List.of(SECRET))) {
      SettingsException refused =
          assertThrows(SettingsException.class, () -> settings(wrong).names("a.b"));
      assertEquals("a.b", refused.path());
      assertFalse(refused.getMessage().contains(SECRET), refused.getMessage());
    }
  }
}
