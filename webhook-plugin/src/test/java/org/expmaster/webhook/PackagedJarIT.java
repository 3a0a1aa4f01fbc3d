package org.expmaster.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.expmaster.plugin.MasterPlugin;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inspects the jar that goes into a master's plugins directory, and loads it as a master does. */
class PackagedJarIT {
  private static final String OURS = "org/expmaster/webhook/";
  private static final String SERVICES = "META-INF/services/";

  @TempDir Path directory;

  private File file;
  private JarFile jar;
  private URLClassLoader plugin;

  @BeforeEach
  void open() throws IOException {
    file = new File(System.getProperty("plugin.jar"));
    jar = new JarFile(file);
    plugin = new URLClassLoader(new URL[] {file.toURI().toURL()}, new MasterLoader());
  }

  @AfterEach
  void close() throws IOException {
    plugin.close();
    jar.close();
  }

  @Test
  void everythingInItIsUnderANameOfOurOwn() {
    List<String> others =
        files().filter(name -> !name.startsWith(OURS) && !name.startsWith("META-INF/")).toList();
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
    for (String name : files().filter(name -> name.endsWith(".class")).toList()) {
      String constants = new String(bytes(name), ISO_8859_1);
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
        List.of(), files().filter(name -> masters.stream().anyMatch(name::endsWith)).toList());
  }

  /** The libraries would log URLs, signatures and bodies wherever the master's logging allows. */
  @Test
  void whatIsBundledHasNoVoiceInTheMastersLogAndOursHas() throws IOException {
    Set<String> found = new TreeSet<>();
    for (String name : files().filter(name -> name.endsWith(".class")).toList()) {
      if (new String(bytes(name), ISO_8859_1).contains("org/slf4j/")) {
        found.add(name.startsWith(OURS + "shaded/") ? name : "ours");
      }
    }
    assertEquals(Set.of("ours"), found);
  }

  @Test
  void theLoggersOfWhatIsBundledSayNothing() throws ReflectiveOperationException {
    Object logger =
        plugin
            .loadClass("org.expmaster.webhook.shaded.silence.LoggerFactory")
            .getMethod("getLogger", String.class)
            .invoke(null, "any");
    assertEquals("NOPLogger", logger.getClass().getSimpleName());
  }

  @Test
  void nothingInItIsForTheModulePathForNewerJavasOrSigned() {
    List<String> found =
        files()
            .filter(
                name ->
                    name.endsWith("module-info.class")
                        || name.startsWith("META-INF/versions/")
                        || name.matches("META-INF/.*\\.(SF|DSA|RSA)"))
            .toList();
    assertEquals(List.of(), found);
  }

  @Test
  void theManifestTellsPf4jWhatItIs() throws IOException {
    Attributes manifest = jar.getManifest().getMainAttributes();
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
        Set.of(WebhookExtension.class.getName()), new TreeSet<>(lines("META-INF/extensions.idx")));
  }

  @Test
  void everyServiceFileAndEveryProviderInItNamesAClassOfTheJar() throws IOException {
    List<String> missing = new ArrayList<>();
    List<String> services = files().filter(name -> name.startsWith(SERVICES)).toList();
    for (String service : services) {
      List<String> classes = new ArrayList<>(lines(service));
      classes.add(service.substring(SERVICES.length()));
      classes.stream()
          .filter(name -> jar.getEntry(name.replace('.', '/') + ".class") == null)
          .forEach(name -> missing.add(service + ": " + name));
    }
    assertFalse(services.isEmpty());
    assertEquals(List.of(), missing);
  }

  @Test
  void theLicencesAndNoticesOfWhatIsBundledAreInIt() throws IOException {
    String notice = text("META-INF/NOTICE");
    assertAll(
        () -> assertTrue(text("META-INF/LICENSE").contains("Apache License")),
        () -> assertTrue(notice.contains("Webhooks for a machine-learning master")),
        () -> assertTrue(notice.contains("Jackson JSON processor")),
        () -> assertTrue(notice.contains("Apache HttpClient")),
        () -> assertTrue(notice.contains("RE2/J")),
        () -> assertTrue(text("META-INF/licenses/SLF4J-LICENSE").contains("QOS.ch")),
        () -> assertTrue(text("META-INF/licenses/RE2J-LICENSE").contains("The Go Authors")),
        () -> assertTrue(text("META-INF/licenses/ANTLR-LICENSE").contains("The ANTLR Project")),
        () -> assertTrue(text("META-INF/licenses/JMustache-LICENSE").contains("Michael Bayne")),
        () -> assertTrue(text("META-INF/licenses/lit-html-LICENSE").contains("Google LLC")),
        () -> assertNotNull(jar.getEntry("META-INF/FastDoubleParser-LICENSE")),
        () -> assertNotNull(jar.getEntry("META-INF/Schubfach-LICENSE")));
  }

  @Test
  void itStaysSmallEnoughToBeCopiedAround() {
    long megabytes = file.length() >> 20;
    assertTrue(megabytes < 10, megabytes + " MiB: has something new been bundled?");
  }

  @Test
  void itsPluginExtendsTheMastersClassAndNotACopyOfIt() throws ReflectiveOperationException {
    Class<?> main = plugin.loadClass("org.expmaster.webhook.WebhookPlugin");
    assertSame(plugin, main.getClassLoader());
    assertSame(MasterPlugin.class, main.getSuperclass());
  }

  @Test
  void itMigratesSqliteWithWhatIsInItAlone() throws Exception {
    try (TestDatabase database = TestDatabase.sqlite(directory)) {
      assertMigrates(database.dataSource(), "SQLITE");
    }
  }

  @Test
  void itMigratesPostgresWithWhatIsInItAlone() throws Exception {
    try (TestDatabase database = TestDatabase.postgres()) {
      assertMigrates(database.dataSource(), "POSTGRESQL");
    }
  }

  @Test
  void itsHttpClientFindsTheListOfPublicSuffixes() throws ReflectiveOperationException {
    Object suffixes =
        plugin
            .loadClass("org.expmaster.webhook.shaded.hc.client5.http.psl.PublicSuffixMatcherLoader")
            .getMethod("getDefault")
            .invoke(null);
    assertEquals(
        "example.co.uk",
        suffixes
            .getClass()
            .getMethod("getDomainRoot", String.class)
            .invoke(suffixes, "hooks.example.co.uk"));
  }

  private void assertMigrates(DataSource dataSource, String dialect) throws Exception {
    Class<?> type = plugin.loadClass("org.expmaster.webhook.db.Database");
    assertSame(plugin, type.getClassLoader());
    Object database = type.getMethod("open", DataSource.class).invoke(null, dataSource);
    assertEquals(dialect, type.getMethod("dialect").invoke(database).toString());
    assertNotNull(type.getMethod("jdbi").invoke(database));
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT version FROM webhooks_registry_version WHERE id = 1")) {
      assertTrue(rows.next());
    }
  }

  private Stream<String> files() {
    return jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName);
  }

  private byte[] bytes(String name) throws IOException {
    return jar.getInputStream(jar.getEntry(name)).readAllBytes();
  }

  private String text(String name) throws IOException {
    return new String(bytes(name), UTF_8);
  }

  private List<String> lines(String name) throws IOException {
    return text(name)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  /** Loads what a master shares with its plugins, and nothing else of this test's class path. */
  private static final class MasterLoader extends ClassLoader {
    private static final List<String> SHARED =
        List.of(
            "org.expmaster.plugin.",
            "org.pf4j.",
            "org.slf4j.",
            "io.micrometer.",
            "org.sqlite.",
            "org.postgresql.");

    MasterLoader() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (SHARED.stream().anyMatch(name::startsWith)) {
        return PackagedJarIT.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name + " is not a class the master shares");
    }
  }
}
