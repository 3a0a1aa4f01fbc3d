package org.expmaster.host;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.expmaster.host.receiver.Behaviour;
import org.expmaster.host.receiver.Behaviour.End;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of a receiver that say how it answers. */
final class Misbehaviour {
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final int FOUND = 302;
  private static final int NO_CONTENT = 204;
  private static final int OK = 200;

  @Option(
      names = "--answer",
      paramLabel = "STATUS",
      description =
          "The status of every answer to a verified delivery. By default 204; 200 with a body, "
              + "302 with --redirect, 503 with --retry-after.")
  private Integer answer;

  @Option(
      names = "--fail-first",
      paramLabel = "N",
      description = "Answer the first N requests with --fail-with, whatever they are.")
  private int failFirst;

  @Option(
      names = "--fail-with",
      paramLabel = "STATUS",
      defaultValue = "500",
      description = "The status for --fail-first; by default ${DEFAULT-VALUE}.")
  private int failWith;

  @Option(
      names = "--delay",
      paramLabel = "DURATION",
      defaultValue = "0s",
      converter = DurationOption.class,
      description = "Wait before every answer, for example 5s or 500ms.")
  private Duration delay;

  @Option(
      names = "--retry-after",
      paramLabel = "SECONDS",
      description = "Add Retry-After to every answer of 400 or higher.")
  private Long retryAfter;

  @Option(names = "--redirect", paramLabel = "URL", description = "Add Location to every answer.")
  private URI redirect;

  @Option(names = "--body", paramLabel = "TEXT", description = "The body of every answer.")
  private String body = "";

  @ArgGroup private Ends ends = new Ends();

  /** At most one of these. */
  private static final class Ends {
    @Option(names = "--hang", description = "Never answer, and keep the connection open.")
    private boolean hang;

    @Option(names = "--close", description = "Close every connection instead of answering.")
    private boolean close;

    @Option(names = "--no-body-end", description = "Answer, but never end the answer's body.")
    private boolean noBodyEnd;

    End end() {
      if (hang) {
        return End.HANG;
      }
      if (close) {
        return End.CLOSE;
      }
      return noBodyEnd ? End.NO_BODY_END : End.WHOLE;
    }
  }

  /**
   * Returns what the options say.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  Behaviour behaviour() {
    return new Behaviour(
        status(),
        failFirst,
        failWith,
        delay,
        Optional.ofNullable(retryAfter),
        Optional.ofNullable(redirect),
        body,
        ends.end());
  }

  private int status() {
    if (answer != null) {
      return answer;
    }
    if (redirect != null) {
      return FOUND;
    }
    if (retryAfter != null && failFirst == 0) {
      return SERVICE_UNAVAILABLE;
    }
    return body.isEmpty() && ends.end() == End.WHOLE ? NO_CONTENT : OK;
  }
}
