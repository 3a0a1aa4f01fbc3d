package org.expmaster.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "host-stub",
    description = "A small machine-learning master that loads PF4J plugins.",
    mixinStandardHelpOptions = true,
    version = "1.0.0",
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      ReceiverCommand.class,
      PluginsCommand.class,
      ResetPasswordCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:as asked", "1:it failed", "2:wrong usage or configuration"})
final class Main implements Runnable {
  @Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do");
  }

  public static void main(String[] arguments) {
    // names may contain any text, so print UTF-8 whatever the locale
    var out = new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), UTF_8);
    System.exit(
        new CommandLine(new Main())
            .setOut(new PrintWriter(out, true))
            .setExecutionExceptionHandler(new OneLineErrors())
            .execute(arguments));
  }
}
