package org.expmaster.host;

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
    subcommands = {ServeCommand.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:as asked", "1:it failed", "2:wrong usage or configuration"})
final class Main implements Runnable {
  @Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do");
  }

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main())
            .setExecutionExceptionHandler(new OneLineErrors())
            .execute(arguments));
  }
}
