package org.expmaster.host;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.expmaster.host.config.ConfigFile;
import org.expmaster.host.config.MasterSettings;
import org.expmaster.host.plugin.PluginsDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a master until it is stopped. */
@Command(
    name = "serve",
    description = "Runs a master until it is stopped by Ctrl-C or SIGTERM.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration, YAML. Without it, every setting has its default.")
  private Path config;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Map<String, Object> tree = config == null ? new LinkedHashMap<>() : ConfigFile.read(config);
    MasterSettings settings = MasterSettings.of(tree, PluginsDirectory.besideTheJar());
    LogLevel.set(settings.logLevel());
    try (Shutdown shutdown = new Shutdown()) {
      Master master = shutdown.closing(Master.start(settings));
      PrintWriter out = spec.commandLine().getOut();
      master
          .generatedPassword()
          .ifPresent(
              made ->
                  out.println("the users admin and determined have the initial password " + made));
      out.println("listening on " + master.url());
      out.flush();
      shutdown.await();
    }
    return 0;
  }
}
