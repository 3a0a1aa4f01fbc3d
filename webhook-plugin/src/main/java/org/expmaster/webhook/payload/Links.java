package org.expmaster.webhook.payload;

import java.net.URI;
import java.util.Optional;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.Ref;
import org.expmaster.webhook.payload.Message.Link;

/** Builds links into the master's web interface, if its base URL is configured. */
final class Links {
  private final Optional<String> base;

  /**
   * @param base the URL at which users reach the master
   */
  Links(Optional<URI> base) {
    // a parenthesis would end a link in Markdown
    this.base = base.map(url -> url.toASCIIString().replace("(", "%28").replace(")", "%29"));
  }

  Optional<String> experiment(Experiment experiment) {
    return url("/det/experiments/" + experiment.id() + "/overview");
  }

  Optional<String> workspace(Ref workspace) {
    return url("/det/workspaces/" + workspace.id() + "/projects");
  }

  Optional<String> project(Ref project) {
    return url("/det/projects/" + project.id());
  }

  Link logs(long experimentId, long trialId) {
    String path = "/det/experiments/" + experimentId + "/trials/" + trialId + "/logs";
    return url(path)
        .map(url -> new Link("View full logs here", url))
        .orElseGet(() -> new Link("View full logs at", path));
  }

  private Optional<String> url(String path) {
    return base.map(url -> url + path);
  }
}
