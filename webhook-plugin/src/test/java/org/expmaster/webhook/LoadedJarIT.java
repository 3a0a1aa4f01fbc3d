package org.expmaster.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import javax.sql.DataSource;
import org.expmaster.plugin.MasterPlugin;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar, loaded as a master loads it. */
class LoadedJarIT {
  @TempDir Path directory;
  private URLClassLoader plugin;

  @BeforeEach
  void load() throws IOException {
    plugin = MasterLoader.load(PackagedJar.file());
  }

  @AfterEach
  void close() throws IOException {
    plugin.close();
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
  void itsPluginExtendsTheMastersClassAndNotACopyOfIt() throws ReflectiveOperationException {
    Class<?> main = plugin.loadClass("org.expmaster.webhook.WebhookPlugin");
    assertSame(plugin, main.getClassLoader());
    assertSame(MasterPlugin.class, main.getSuperclass());
  }

  @Test
  void itMigratesSqliteWithWhatIsInItAlone() throws Exception {
    try (TestDatabase database = TestDatabase.sqlite(directory)) {
      assertMigrates(database.dataSource(), "Sqlite");
    }
  }

  @Test
  void itMigratesPostgresWithWhatIsInItAlone() throws Exception {
    try (TestDatabase database = TestDatabase.postgres()) {
      assertMigrates(database.dataSource(), "Postgresql");
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
    assertEquals(dialect, type.getMethod("dialect").invoke(database).getClass().getSimpleName());
    assertNotNull(type.getMethod("jdbi").invoke(database));
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT version FROM webhooks_registry_version WHERE id = 1")) {
      assertTrue(rows.next());
    }
  }
}
