package org.expmaster.plugin;

import static org.expmaster.plugin.OneSetting.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every getter reads, and what it refuses to read. */
class MapSettingsTest {
  private static final String SECRET = "hunter2";

  private enum Getter {
    TEXT(Settings::text),
    SECRET(Settings::secret),
    INTEGER(Settings::integer),
    BOOL(Settings::bool),
    DURATION(Settings::duration),
    TEXTS(Settings::texts),
    DURATIONS(Settings::durations);

    private final BiFunction<Settings, String, Optional<?>> read;

    Getter(BiFunction<Settings, String, Optional<?>> read) {
      this.read = read;
    }

    Optional<?> from(Map<String, ?> tree, String path) {
      return read.apply(Settings.of(tree), path);
    }
  }

  @Test
  void everyGetterReadsWhatItIsFor() {
    Settings settings =
        Settings.of(
            Map.of(
                "a",
                Map.of(
                    "text",
                    "words",
                    "secret",
                    SECRET,
                    "integer",
                    512,
                    "long",
                    5_000_000_000L,
                    "bool",
                    true,
                    "duration",
                    "12h",
                    "texts",
                    List.of("x", "y"),
                    "durations",
                    List.of("5s", "2m"))));
    assertEquals(Optional.of("words"), settings.text("a.text"));
    assertEquals(Optional.of(SECRET), settings.secret("a.secret"));
    assertEquals(Optional.of(512L), settings.integer("a.integer"));
    assertEquals(Optional.of(5_000_000_000L), settings.integer("a.long"));
    assertEquals(Optional.of(true), settings.bool("a.bool"));
    assertEquals(Optional.of(Duration.ofHours(12)), settings.duration("a.duration"));
    assertEquals(Optional.of(List.of("x", "y")), settings.texts("a.texts"));
    assertEquals(
        Optional.of(List.of(Duration.ofSeconds(5), Duration.ofMinutes(2))),
        settings.durations("a.durations"));
  }

  @ParameterizedTest
  @MethodSource("getters")
  void whatWasNotWrittenIsEmpty(Getter getter) {
    Map<String, Object> nothingUnderA = new LinkedHashMap<>();
    nothingUnderA.put("a", null);
    assertEquals(Optional.empty(), getter.from(Map.of(), "a.b.c"));
    assertEquals(Optional.empty(), getter.from(nothingUnderA, "a"));
    assertEquals(Optional.empty(), getter.from(nothingUnderA, "a.b"));
    assertEquals(Optional.empty(), getter.from(Map.of("a", Map.of()), "a.b"));
  }

  @ParameterizedTest
  @MethodSource("getters")
  void aPathThroughWhatIsNoMappingNamesWhereItEndsAndRepeatsNothing(Getter getter) {
    for (Object blocking : List.of(SECRET, 4711, List.of(SECRET), true)) {
      SettingsException refused =
          assertThrows(
              SettingsException.class,
              () -> getter.from(Map.of("a", Map.of("b", blocking)), "a.b.c.d"));
      assertEquals("a.b", refused.path());
      assertTrue(refused.getMessage().startsWith("a.b "), refused.getMessage());
      assertFalse(refused.getMessage().contains(SECRET), refused.getMessage());
      assertFalse(refused.getMessage().contains("4711"), refused.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("gettersByWrongValues")
  void aValueOfAnotherTypeIsRefusedUnderItsPath(Getter getter, Object wrong) {
    SettingsException refused =
        assertThrows(
            SettingsException.class, () -> getter.from(Map.of("a", Map.of("b", wrong)), "a.b"));
    assertTrue(refused.path().startsWith("a.b"), refused.path());
    assertTrue(refused.getMessage().startsWith(refused.path() + " "), refused.getMessage());
    assertTrue(refused.getMessage().contains("must be"), refused.getMessage());
  }

  static Stream<Arguments> gettersByWrongValues() {
    List<Object> values =
        List.of("x", "5s", 7, 1.5, true, List.of("x"), List.of(1), Map.of("x", "y"));
    return getters()
        .flatMap(
            getter ->
                values.stream()
                    .filter(value -> !readable(getter, value))
                    .map(value -> arguments(getter, value)));
  }

  static Stream<Getter> getters() {
    return Arrays.stream(Getter.values());
  }

  private static boolean readable(Getter getter, Object value) {
    return switch (getter) {
      case TEXT, SECRET -> value instanceof String;
      case INTEGER -> value instanceof Integer;
      case BOOL -> value instanceof Boolean;
      case DURATION -> "5s".equals(value);
      case TEXTS -> List.of("x").equals(value);
      case DURATIONS -> false;
    };
  }

  @Test
  void anEmptyListIsAListAndNotNothing() {
    assertEquals(Optional.of(List.of()), settings(List.of()).texts("a.b"));
    assertEquals(Optional.of(List.of()), settings(List.of()).durations("a.b"));
  }

  @Test
  void listsCannotBeChanged() {
    List<String> texts = settings(List.of("x")).texts("a.b").orElseThrow();
    assertThrows(UnsupportedOperationException.class, () -> texts.add("y"));
  }
}
