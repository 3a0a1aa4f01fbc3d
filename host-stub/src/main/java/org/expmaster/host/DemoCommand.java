package org.expmaster.host;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.expmaster.host.config.MasterSettings;
import org.expmaster.host.demo.Demo;
import org.expmaster.host.plugin.PluginsDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = {
      "Shows a master and its webhooks at work.",
      "It starts a master in a temporary directory and a receiver beside it, creates a webhook, "
          + "runs experiments, and shows each delivery as it arrives, its signature checked."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  /**
   * The demo's receiver listens on loopback, where webhooks may not deliver unless the operator
   * allows it: otherwise anyone who may create a webhook could reach services on the master's
   * machine.
   */
  private static final Map<String, Object> WEBHOOKS =
      Map.of("allowed_networks", List.of("127.0.0.0/8"));

  @Option(
      names = "--exit",
      description = "End by itself: with 0 if all arrived and every signature verified, else 1.")
  private boolean exit;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "Where plugins are loaded from. By default plugins beside the jar.")
  private Path plugins;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "The master's port; by default a free one.")
  private int port;

  @Option(
      names = "--experiments",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many experiments to run; by default ${DEFAULT-VALUE}.")
  private int experiments;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (experiments < 1 || experiments > 10_000) {
      throw new ParameterException(spec.commandLine(), "--experiments must be 1 to 10000");
    }
    Path from = plugins == null ? PluginsDirectory.besideTheJar() : plugins;
    try (Shutdown shutdown = new Shutdown()) {
      Path directory = shutdown.closing(TemporaryDirectory.create()).path();
      MasterSettings settings = settings(directory, from);
      LogLevel.set(settings.logLevel());
      Master master = shutdown.closing(Master.start(settings));
      String password = master.generatedPassword().orElseThrow();
      PrintWriter out = spec.commandLine().getOut();
      Demo demo = shutdown.closing(new Demo(URI.create(master.url()), password, experiments, out));
      boolean good = demo.run(from);
      if (good && !exit) {
        out.println(demo.curlLines());
        out.flush();
        shutdown.await();
      }
      return good ? 0 : 1;
    }
  }

  private MasterSettings settings(Path directory, Path from) {
    Map<String, Object> tree =
        Map.of(
            "port",
            port,
            "log",
            Map.of("level", "warn"),
            "db",
            Map.of("url", "jdbc:sqlite:" + directory.resolve("master.db")),
            "cluster_name",
            "demo",
            "webhooks",
            WEBHOOKS);
    return MasterSettings.of(tree, from);
  }
}
