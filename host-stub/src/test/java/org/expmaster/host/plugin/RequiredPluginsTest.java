package org.expmaster.host.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.expmaster.host.Master;
import org.expmaster.host.config.ConfigException;
import org.expmaster.host.testing.InProcess;
import org.expmaster.host.testing.SamplePlugins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master and the plugins without which it does not come up. */
final class RequiredPluginsTest {
  private static final String PROBLEM =
      "sample.Sample cannot be made (java.lang.IllegalStateException: c-boom)";

  @TempDir private Path directory;

  @BeforeEach
  void install() throws Exception {
    Path plugins = Files.createDirectory(directory.resolve("plugins"));
    SamplePlugins.good().write(plugins.resolve("good.jar"));
    SamplePlugins.throwingConstructor().write(plugins.resolve("constructor.jar"));
  }

  private Master master(String... required) throws Exception {
    return InProcess.master(
        directory,
        directory.resolve("plugins"),
        Map.of("plugins", Map.of("required", List.of(required))));
  }

  private String refusal(String required) {
    return assertThrows(ConfigException.class, () -> master("good", required)).getMessage();
  }

  @Test
  void aMasterComesUpWithThePluginsThatItRequiresWhateverTheOthersDo() throws Exception {
    try (Master master = master("good")) {
      assertFalse(master.url().isEmpty());
    }
  }

  @Test
  void aMasterWithoutARequiredPluginDoesNotComeUpAndSaysWhy() {
    assertEquals(
        "plugins.required names constructor, which is FAILED: " + PROBLEM, refusal("constructor"));
    assertEquals(
        "plugins.required names webhoks, and no plugin in "
            + directory.resolve("plugins")
            + " has this id; there are constructor (FAILED: "
            + PROBLEM
            + "), good",
        refusal("webhoks"));
  }
}
