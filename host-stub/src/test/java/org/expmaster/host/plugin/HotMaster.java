package org.expmaster.host.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.expmaster.host.Master;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Heard;
import org.expmaster.host.testing.InProcess;
import org.expmaster.host.testing.Wait;

/** A master in this process whose plugins are stopped, started and replaced over REST. */
final class HotMaster implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(20);

  private final Master master;
  final Api admin;

  private HotMaster(Master master) {
    this.master = master;
    this.admin = InProcess.admin(master);
  }

  /** Starts a master with the plugins in {@code plugins} and its database in this directory. */
  static HotMaster start(Path directory, Map<String, List<String>> plugins) throws Exception {
    return new HotMaster(
        InProcess.master(directory, plugins(directory), Map.of("plugins", plugins)));
  }

  static Path plugins(Path directory) throws IOException {
    return Files.createDirectories(directory.resolve("plugins"));
  }

  Api.Answer ask(String action, String plugin) {
    return admin.post("/api/v1/master/plugins/" + plugin + "/" + action, "");
  }

  /** Returns a plugin's version, state and problem. */
  String now(String plugin) {
    for (var report : admin.get("/api/v1/master/plugins").ok().get("plugins")) {
      if (report.get("id").asText().equals(plugin)) {
        return "%s %s %s"
            .formatted(
                report.get("version").asText(),
                report.get("state").asText(),
                report.get("problem").asText())
            .strip();
      }
    }
    return "none";
  }

  /** Lets an experiment complete, and returns what plugins have said meanwhile. */
  List<String> experiment() {
    Heard.clear();
    Heard.say("go");
    long id = admin.experiment("entrypoint: exit 0");
    Wait.until("it completes", SOON, () -> admin.experimentState(id).equals("STATE_COMPLETED"));
    return Heard.words();
  }

  @Override
  public void close() {
    master.close();
  }
}
