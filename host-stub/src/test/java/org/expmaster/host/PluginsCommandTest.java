package org.expmaster.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.expmaster.host.testing.InProcess;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.SamplePlugins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command with which admins stop, start and replace plugins. */
final class PluginsCommandTest {
  @TempDir private Path directory;
  @TempDir private Path plugins;
  private Master master;

  @BeforeEach
  void start() throws Exception {
    SamplePlugins.good().write(plugins.resolve("good.jar"));
    master = InProcess.master(directory, plugins);
  }

  @AfterEach
  void stop() {
    master.close();
  }

  /** Returns the exit code and what was printed. */
  private String runAs(String password, String... arguments) {
    StringWriter printed = new StringWriter();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--master", master.url() + "/"));
    int code =
        new CommandLine(new PluginsCommand(name -> password))
            .setOut(new PrintWriter(printed, true))
            .setErr(new PrintWriter(printed, true))
            .execute(all.toArray(String[]::new));
    return code + " " + printed.toString().strip();
  }

  private String run(String... arguments) {
    return runAs(MasterProcess.PASSWORD, arguments);
  }

  @Test
  void itPrintsThePluginsStateAndSucceedsIfItIsWhatWasAskedFor() throws Exception {
    assertEquals("0 good 1.0.0 STARTED", run("list"));
    assertEquals("0 good 1.0.0 STOPPED", run("stop", "good"));
    assertEquals("0 good 1.0.0 STARTED", run("start", "good"));
    SamplePlugins.good().manifest("Plugin-Version", "1.1.0").write(plugins.resolve("good.jar"));
    assertEquals("0 good 1.1.0 STARTED", run("reload", "good"));
    assertEquals("0 good 1.1.0 UNLOADED", run("unload", "good"));
    assertEquals("0 ", run("list"));
  }

  @Test
  void itSaysWhyItWasRefused() {
    assertEquals("1 error: there is no plugin other", run("stop", "other"));
    assertTrue(runAs("wrong", "list").startsWith("1 error: "), runAs("wrong", "list"));
  }

  @Test
  void whatItDoesNotUnderstandIsWrongUsage() {
    for (String[] wrong :
        List.of(
            new String[] {"restart", "good"},
            new String[] {"stop"},
            new String[] {"list", "good"},
            new String[] {"stop", "../../x"})) {
      String usage = run(wrong);
      assertTrue(
          usage.startsWith("2 say list, or one of stop, start, reload, unload and an id"), usage);
    }
  }
}
