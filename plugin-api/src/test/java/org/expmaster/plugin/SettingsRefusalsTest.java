package org.expmaster.plugin;

import static org.expmaster.plugin.OneSetting.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the master is told about a wrong value: its place, and never a secret. */
class SettingsRefusalsTest {
  private static final String SECRET = "hunter2";

  @Test
  void aWrongPlainValueIsShownSoThatItCanBeFound() {
    SettingsException refused =
        assertThrows(SettingsException.class, () -> settings("many").integer("a.b"));
    assertEquals("a.b is many, and must be a whole number", refused.getMessage());
  }

  @Test
  void aSecretIsNeverRepeatedWhateverItsType() {
    for (Object wrong :
        List.of(4711, 47.11, true, List.of("4711"), Map.of("4711", "4711"), BigInteger.TEN)) {
      SettingsException refused =
          assertThrows(SettingsException.class, () -> settings(wrong).secret("a.b"));
      assertEquals("a.b", refused.path());
      assertEquals(
          "a.b must be text; write it in quotes (its value is not repeated here)",
          refused.getMessage());
    }
  }

  @Test
  void aMappingOrListInAWrongPlaceIsNotRepeatedSinceItMayHoldASecret() {
    for (Object wrong : List.of(Map.of("key", SECRET), List.of(SECRET))) {
      SettingsException refused =
          assertThrows(SettingsException.class, () -> settings(wrong).text("a.b"));
      assertFalse(refused.getMessage().contains(SECRET), refused.getMessage());
    }
  }

  @Test
  void aNumberTooLargeForALongIsRefusedUnderItsPath() {
    SettingsException refused =
        assertThrows(
            SettingsException.class, () -> settings(BigInteger.ONE.shiftLeft(63)).integer("a.b"));
    assertEquals("a.b is 9223372036854775808, which is too large", refused.getMessage());
  }

  @Test
  void aWrongItemOfAListIsNamedByItsPlace() {
    SettingsException number =
        assertThrows(SettingsException.class, () -> settings(List.of("x", "y", 3)).texts("a.b"));
    assertEquals("a.b[2]", number.path());
    SettingsException nothing =
        assertThrows(
            SettingsException.class, () -> settings(Arrays.asList("5s", null)).durations("a.b"));
    assertEquals("a.b[1]", nothing.path());
    assertTrue(nothing.getMessage().startsWith("a.b[1] is empty, and must be "));
  }
}
