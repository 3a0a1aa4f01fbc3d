package org.expmaster.plugin;

import static org.expmaster.plugin.OneSetting.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How spans of time are written. */
class SettingsDurationsTest {
  @ParameterizedTest
  @CsvSource({"0s, PT0S", "250ms, PT0.25S", "5s, PT5S", "10m, PT10M", "12h, PT12H", "3d, PT72H"})
  void aSpanOfTimeIsAWholeNumberAndAUnit(String written, Duration meant) {
    assertEquals(Optional.of(meant), settings(written).duration("a.b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "s",
        "5 s",
        " 5s",
        "5s ",
        "-5s",
        "+5s",
        "1.5s",
        "5S",
        "5M",
        "5w",
        "5sec",
        "1h30m",
        "PT5S",
        "٥s",
        "9999999999999s",
        "99999999999999999999s"
      })
  void whatIsNoSpanOfTimeIsRefused(String written) {
    SettingsException refused =
        assertThrows(SettingsException.class, () -> settings(written).duration("a.b"));
    assertEquals("a.b", refused.path());
  }
}
