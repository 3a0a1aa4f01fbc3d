package org.expmaster.host;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.expmaster.host.auth.PasswordReset;
import org.expmaster.host.auth.Passwords;
import org.expmaster.host.config.ConfigException;
import org.expmaster.host.config.ConfigFile;
import org.expmaster.host.config.MasterSettings;
import org.expmaster.host.db.Database;
import org.expmaster.host.plugin.PluginsDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Helps an admin who is locked out. The master may be running meanwhile. */
@Command(
    name = "reset-password",
    description = "Gives a user a new password, prints it, and ends the user's sessions.",
    mixinStandardHelpOptions = true)
final class ResetPasswordCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration of the master, YAML, as for serve.")
  private Path config;

  @Parameters(paramLabel = "USERNAME")
  private String username;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Map<String, Object> tree = config == null ? new LinkedHashMap<>() : ConfigFile.read(config);
    MasterSettings settings = MasterSettings.of(tree, PluginsDirectory.besideTheJar());
    LogLevel.set(settings.logLevel());
    try (Database database = Database.open(settings.db())) {
      String made =
          new PasswordReset(database.jdbi(), new Passwords(settings.passwordIterations()))
              .run(username)
              .orElseThrow(() -> new ConfigException("there is no user " + username));
      spec.commandLine().getOut().println("the user " + username + " has the password " + made);
    }
    return 0;
  }
}
