package org.expmaster.host.testing;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.expmaster.host.Master;
import org.expmaster.host.config.MasterSettings;

/** A master in the test's own process, for tests that look inside. */
public final class InProcess {
  private InProcess() {}

  /** Starts a master on a free port, with its database in this directory. */
  public static Master master(Path directory, Path plugins) throws Exception {
    return master(directory, plugins, Map.of());
  }

  public static Master master(Path directory, Path plugins, Map<String, Object> more)
      throws Exception {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("port", 0);
    config.put("db", Map.of("url", "jdbc:sqlite:" + directory.resolve("master.db")));
    config.put("security", MasterProcess.QUICK_LOGIN);
    config.putAll(more);
    return Master.start(MasterSettings.of(config, plugins));
  }

  public static Api admin(Master master) {
    return Api.of(URI.create(master.url())).login("admin", MasterProcess.PASSWORD);
  }
}
