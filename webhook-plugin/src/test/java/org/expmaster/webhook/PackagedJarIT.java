package org.expmaster.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is in the jar that goes into a master's plugins directory. */
class PackagedJarIT {
  private static final String OURS = "org/expmaster/webhook/";

  private PackagedJar jar;

  @BeforeEach
  void open() throws IOException {
    jar = new PackagedJar();
  }

  @AfterEach
  void close() throws IOException {
    jar.close();
  }

  @Test
  void everythingInItIsUnderANameOfOurOwn() {
    List<String> others =
        jar.files()
            .filter(name -> !name.startsWith(OURS) && !name.startsWith("META-INF/"))
            .toList();
    assertEquals(List.of(), others);
  }

  @Test
  void noClassSpeaksOfABundledLibraryByItsOldName() throws IOException {
    List<String> oldNames =
        List.of(
            "com/fasterxml/jackson",
            "tools/jackson",
            "org/jdbi",
            "io/leangen/geantyref",
            "org/flywaydb",
            "org/apache/hc/",
            "org/publicsuffix",
            "com/google/re2j");
    Set<String> found = new TreeSet<>();
    for (String name : jar.files().filter(name -> name.endsWith(".class")).toList()) {
      String constants = new String(jar.bytes(name), ISO_8859_1);
      oldNames.stream().filter(constants::contains).forEach(old -> found.add(name + ": " + old));
    }
    assertEquals(Set.of(), found);
  }

  @Test
  void whatTheMasterHasIsNotBundledUnderAnyName() {
    List<String> masters =
        List.of(
            "expmaster/plugin/MasterPlugin.class",
            "pf4j/Plugin.class",
            "slf4j/LoggerFactory.class",
            "micrometer/core/instrument/MeterRegistry.class",
            "sqlite/JDBC.class",
            "org/postgresql/Driver.class");
    assertEquals(
        List.of(), jar.files().filter(name -> masters.stream().anyMatch(name::endsWith)).toList());
  }

  /** The libraries would log URLs, signatures and bodies wherever the master's logging allows. */
  @Test
  void whatIsBundledHasNoVoiceInTheMastersLogAndOursHas() throws IOException {
    Set<String> found = new TreeSet<>();
    for (String name : jar.files().filter(name -> name.endsWith(".class")).toList()) {
      if (new String(jar.bytes(name), ISO_8859_1).contains("org/slf4j/")) {
        found.add(name.startsWith(OURS + "shaded/") ? name : "ours");
      }
    }
    assertEquals(Set.of("ours"), found);
  }

  @Test
  void nothingInItIsForTheModulePathForNewerJavasOrSigned() {
    List<String> found =
        jar.files()
            .filter(
                name ->
                    name.endsWith("module-info.class")
                        || name.startsWith("META-INF/versions/")
                        || name.matches("META-INF/.*\\.(SF|DSA|RSA)"))
            .toList();
    assertEquals(List.of(), found);
  }

  @Test
  void itStaysSmallEnoughToBeCopiedAround() {
    assertTrue(jar.size() < 8_000_000, jar.size() + " bytes: has something new been bundled?");
  }
}
