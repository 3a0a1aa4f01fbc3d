package org.expmaster.host;

import org.expmaster.host.config.ConfigException;
import org.expmaster.plugin.SettingsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints one line for an error that an operator can fix; logs any other, a bug, in full. */
final class OneLineErrors implements IExecutionExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(OneLineErrors.class);

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof ConfigException || failure instanceof SettingsException) {
      command.getErr().println("error: " + failure.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    log.error("the master failed", failure);
    return CommandLine.ExitCode.SOFTWARE;
  }
}
