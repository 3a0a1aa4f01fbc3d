package org.expmaster.host.plugin;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.List;
import org.expmaster.host.config.ConfigException;

/** Keeps a master from coming up without the plugins that its operator relies on. */
public final class RequiredPlugins {
  private static final String SETTING = "plugins.required";

  private RequiredPlugins() {}

  /**
   * Checks that each of these plugins has started.
   *
   * @throws ConfigException naming the first that has not, and why
   */
  public static void check(List<String> ids, List<PluginReport> reports, Path directory) {
    for (String id : ids) {
      PluginReport report =
          reports.stream()
              .filter(each -> each.id().equals(id))
              .findFirst()
              .orElseThrow(() -> unknown(id, reports, directory));
      if (!report.state().equals(KnownPlugin.State.STARTED.name())) {
        throw new ConfigException(
            "%s names %s, which is %s: %s"
                .formatted(SETTING, id, report.state(), report.problem()));
      }
    }
  }

  private static ConfigException unknown(String id, List<PluginReport> reports, Path directory) {
    String there =
        reports.isEmpty()
            ? "there is none"
            : "there are " + reports.stream().map(RequiredPlugins::describe).collect(joining(", "));
    return new ConfigException(
        "%s names %s, and no plugin in %s has this id; %s"
            .formatted(SETTING, id, directory, there));
  }

  private static String describe(PluginReport report) {
    return report.problem().isEmpty()
        ? report.id()
        : "%s (%s: %s)".formatted(report.id(), report.state(), report.problem());
  }
}
