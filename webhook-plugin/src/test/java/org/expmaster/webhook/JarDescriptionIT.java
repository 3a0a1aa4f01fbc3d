package org.expmaster.webhook;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the jar says of itself: its manifest, its extensions and services, its licences. */
class JarDescriptionIT {
  private static final String SERVICES = "META-INF/services/";

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
  void theManifestTellsPf4jWhatItIs() throws IOException {
    Attributes manifest = jar.manifest();
    assertAll(
        () -> assertEquals("webhooks", manifest.getValue("Plugin-Id")),
        () -> assertEquals(WebhookPlugin.class.getName(), manifest.getValue("Plugin-Class")),
        () -> assertTrue(manifest.getValue("Plugin-Version").matches("\\d+\\.\\d+\\.\\d+")),
        () -> assertEquals(">=1.0.0 & <2.0.0", manifest.getValue("Plugin-Requires")),
        () -> assertEquals("org.expmaster", manifest.getValue("Plugin-Provider")),
        () -> assertEquals("Apache-2.0", manifest.getValue("Plugin-License")),
        () -> assertFalse(manifest.getValue("Plugin-Description").isBlank()));
  }

  @Test
  void theIndexNamesTheExtensionAndNothingElse() throws IOException {
    assertEquals(
        Set.of(WebhookExtension.class.getName()),
        new TreeSet<>(jar.lines("META-INF/extensions.idx")));
  }

  @Test
  void everyServiceFileAndEveryProviderInItNamesAClassOfTheJar() throws IOException {
    List<String> missing = new ArrayList<>();
    List<String> services = jar.files().filter(name -> name.startsWith(SERVICES)).toList();
    for (String service : services) {
      List<String> classes = new ArrayList<>(jar.lines(service));
      classes.add(service.substring(SERVICES.length()));
      classes.stream()
          .filter(name -> !jar.has(name.replace('.', '/') + ".class"))
          .forEach(name -> missing.add(service + ": " + name));
    }
    assertFalse(services.isEmpty());
    assertEquals(List.of(), missing);
  }

  @Test
  void theLicencesAndNoticesOfWhatIsBundledAreInIt() throws IOException {
    String notice = jar.text("META-INF/NOTICE");
    assertAll(
        () -> assertTrue(jar.text("META-INF/LICENSE").contains("Apache License")),
        () -> assertTrue(notice.contains("Webhooks for a machine-learning master")),
        () -> assertTrue(notice.contains("Jackson JSON processor")),
        () -> assertTrue(notice.contains("Apache HttpClient")),
        () -> assertTrue(notice.contains("RE2/J")),
        () -> assertTrue(jar.text("META-INF/licenses/SLF4J-LICENSE").contains("QOS.ch")),
        () -> assertTrue(jar.text("META-INF/licenses/RE2J-LICENSE").contains("The Go Authors")),
        () -> assertTrue(jar.text("META-INF/licenses/ANTLR-LICENSE").contains("The ANTLR Project")),
        () -> assertTrue(jar.text("META-INF/licenses/JMustache-LICENSE").contains("Michael Bayne")),
        () -> assertTrue(jar.text("META-INF/licenses/lit-html-LICENSE").contains("Google LLC")),
        () -> assertTrue(jar.has("META-INF/FastDoubleParser-LICENSE")),
        () -> assertTrue(jar.has("META-INF/Schubfach-LICENSE")));
  }
}
