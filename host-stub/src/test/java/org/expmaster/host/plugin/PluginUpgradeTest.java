package org.expmaster.host.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Heard;
import org.expmaster.host.testing.LogLines;
import org.expmaster.host.testing.PluginJar;
import org.expmaster.host.testing.SamplePlugins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Newer and older versions of a plugin in the directory of a master that runs. */
final class PluginUpgradeTest {
  @TempDir private Path directory;
  private Path plugins;

  @BeforeEach
  void install() throws Exception {
    plugins = HotMaster.plugins(directory);
    write("1.0.0", "good.jar");
    Heard.clear();
  }

  private void write(String version, String name) throws IOException {
    SamplePlugins.good().manifest("Plugin-Version", version).write(plugins.resolve(name));
  }

  private HotMaster master(String... mayGoBack) throws Exception {
    return HotMaster.start(directory, Map.of("allow_downgrade", List.of(mayGoBack)));
  }

  private static String refused(Api.Answer answer) {
    assertEquals(400, answer.status(), answer.http().body());
    return answer.error();
  }

  @Test
  void aNewerJarBesideTheOlderOneRunsAfterAReloadAndAtTheNextStart() throws Exception {
    String leftOut =
        "plugin good: good-new.jar (1.10.0) is the newest, and good.jar (1.9.0) is left out";
    write("1.9.0", "good.jar");
    try (HotMaster master = master();
        LogLines log = new LogLines()) {
      write("1.10.0", "good-new.jar");
      assertEquals("1.10.0", master.ask("reload", "good").ok().at("/plugin/version").asText());
      assertEquals("1.10.0 STARTED", master.now("good"));
      assertEquals(200, master.admin.get("/good/you").status());
      assertEquals(List.of(leftOut), log.with("left out"));
    }
    try (LogLines log = new LogLines();
        HotMaster master = master()) {
      assertEquals("1.10.0 STARTED", master.now("good"));
      assertEquals(List.of(leftOut), log.with("left out"));
    }
  }

  @Test
  void aJarThatIsOverwrittenHarmsNothing() throws Exception {
    try (HotMaster master = master()) {
      Files.writeString(plugins.resolve("good.jar"), "half a j");
      assertEquals(200, master.admin.get("/good/you").status());
      assertTrue(master.experiment().toString().contains("COMPLETED committed"));
      assertEquals(
          "no jar in "
              + plugins
              + " is the plugin good; good.jar: its manifest cannot be read:"
              + " java.util.zip.ZipException: zip END header not found",
          refused(master.ask("reload", "good")));
      assertEquals("1.0.0 STARTED", master.now("good"));
      master.ask("stop", "good").ok();
      assertEquals("1.0.0", master.ask("start", "good").ok().at("/plugin/version").asText());
      write("1.0.1", "good.jar");
      assertEquals("1.0.1", master.ask("reload", "good").ok().at("/plugin/version").asText());
    }
  }

  @Test
  void anOlderJarIsRefusedUntilGoingBackIsAllowed() throws Exception {
    String toGoBack =
        "; install 2.0.0 or a newer one. To go back on purpose, name good in plugins.allow_downgrade";
    write("2.0.0", "good.jar");
    try (HotMaster master = master()) {
      write("1.0.0", "good.jar");
      assertEquals(
          plugins.resolve("good.jar")
              + " is refused, and nothing has changed: good.jar (1.0.0) is older than 2.0.0, which"
              + " runs now"
              + toGoBack,
          refused(master.ask("reload", "good")));
      assertEquals("2.0.0 STARTED", master.now("good"));
    }
    try (HotMaster master = master()) {
      assertEquals(
          "1.0.0 FAILED good.jar (1.0.0) is older than 2.0.0, which has run on this database"
              + toGoBack,
          master.now("good"));
    }
    try (HotMaster master = master("good")) {
      assertEquals("1.0.0 STARTED", master.now("good"));
    }
    try (HotMaster master = master()) {
      assertEquals("1.0.0 STARTED", master.now("good"));
    }
  }

  @Test
  void aVersionThatDoesNotStartLeavesTheOneBeforeRunning() throws Exception {
    try (HotMaster master = master()) {
      PluginJar.of("good")
          .manifest("Plugin-Version", "1.1.0")
          .plugin(
              """
              Sample(MasterContext master) { super(master); }
              @Override public void start() { throw new IllegalStateException("s-boom"); }
              """)
          .write(plugins.resolve("good.jar"));
      assertEquals(
          "the plugin good 1.1.0 (good.jar) did not start: java.lang.IllegalStateException: s-boom;"
              + " the plugin good 1.0.0 (good.jar) runs again",
          refused(master.ask("reload", "good")));
      assertEquals("1.0.0 STARTED", master.now("good"));
      assertEquals(200, master.admin.get("/good/you").status());

      master.ask("stop", "good").ok();
      refused(master.ask("reload", "good"));
      assertEquals("1.1.0 FAILED java.lang.IllegalStateException: s-boom", master.now("good"));
      write("1.0.0", "good.jar");
      assertEquals("1.0.0", master.ask("reload", "good").ok().at("/plugin/version").asText());
    }
  }

  @Test
  void aJarThatCannotRunHereIsRefusedWhileTheOneBeforeRunsOn() throws Exception {
    try (HotMaster master = master()) {
      Heard.clear();
      for (var wrong :
          Map.of(
                  "Plugin-Requires", ">=2.0.0",
                  "Plugin-Class", "sample.Gone",
                  "Plugin-Version", "new")
              .entrySet()) {
        PluginJar.of("good")
            .manifest("Plugin-Class", "sample.Sample")
            .manifest(wrong.getKey(), wrong.getValue())
            .write(plugins.resolve("good.jar"));
        String refusal = refused(master.ask("reload", "good"));
        assertTrue(refusal.contains(wrong.getValue()), refusal);
      }
      assertEquals("1.0.0 STARTED", master.now("good"));
      assertEquals(List.of(), Heard.words());
    }
  }
}
