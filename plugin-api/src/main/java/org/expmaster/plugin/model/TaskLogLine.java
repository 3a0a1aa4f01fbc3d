package org.expmaster.plugin.model;

import java.time.Instant;
import java.util.Objects;

/**
 * A line that a task wrote to its log.
 *
 * @param task the task that wrote it; the lines of one task in one batch should share the record
 * @param node the name of the machine it was written on, or an empty string if unknown
 * @param text the line without its final line break; may contain any text, including line breaks if
 *     a writer sent several lines as one
 * @param at when it was written, by the task's own clock
 */
public record TaskLogLine(Task task, String node, String text, Instant at) {
  public TaskLogLine {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(at, "at");
  }
}
