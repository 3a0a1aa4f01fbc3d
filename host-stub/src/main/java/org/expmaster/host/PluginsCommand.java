package org.expmaster.host;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.expmaster.host.config.ConfigException;
import org.expmaster.host.lifecycle.LifecycleClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stops, starts and replaces plugins of a master that runs. */
@Command(
    name = "plugins",
    description = {
      "Lists the plugins of a master that runs, or stops, starts, reloads or unloads one.",
      "reload replaces it with the newest jar in the plugins directory.",
      "The password is in the environment variable " + PluginsCommand.PASSWORD + ", or asked for."
    },
    mixinStandardHelpOptions = true)
final class PluginsCommand implements Callable<Integer> {
  static final String PASSWORD = "EXPMASTER_PASSWORD";
  private static final List<String> ACTIONS = List.of("stop", "start", "reload", "unload");

  @Option(
      names = "--master",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "The master's address; by default ${DEFAULT-VALUE}.")
  private URI master;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      defaultValue = "admin",
      description = "An admin; by default ${DEFAULT-VALUE}.")
  private String user;

  @Parameters(
      index = "0",
      paramLabel = "ACTION",
      description = "list, stop, start, reload or unload")
  private String action;

  @Parameters(index = "1", paramLabel = "ID", arity = "0..1", description = "The plugin's id.")
  private String id;

  @Spec private CommandSpec spec;

  private final UnaryOperator<String> environment;

  PluginsCommand() {
    this(System::getenv);
  }

  PluginsCommand(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    boolean list = action.equals("list") && id == null;
    if (!list && (!ACTIONS.contains(action) || id == null || !id.matches("[A-Za-z0-9._-]+"))) {
      throw new ParameterException(
          spec.commandLine(), "say list, or one of " + String.join(", ", ACTIONS) + " and an id");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (LifecycleClient client = new LifecycleClient(master, user, password())) {
      if (list) {
        client.list().forEach(out::println);
      } else {
        out.println(client.ask(action, id));
      }
      return 0;
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      spec.commandLine().getErr().println("error: " + why);
      return 1;
    }
  }

  private String password() {
    String password = environment.apply(PASSWORD);
    if (password != null) {
      return password;
    }
    Console console = System.console();
    if (console == null) {
      throw new ConfigException("set " + PASSWORD + " to the admin's password");
    }
    return new String(console.readPassword("password: "));
  }
}
