package org.expmaster.host.info;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.expmaster.host.http.Json;
import org.expmaster.host.http.OwnRoutes;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;

/** The REST routes that identify this master. */
public final class MasterResource {
  /** The release of Determined whose REST API this master follows; clients compare it. */
  private static final String VERSION = "0.38.1";

  private final String clusterId;
  private final String clusterName;
  private final String masterId = UUID.randomUUID().toString();

  public MasterResource(String clusterId, String clusterName) {
    this.clusterId = clusterId;
    this.clusterName = clusterName;
  }

  public void addTo(OwnRoutes routes) {
    routes.addInstant("GET", "/api/v1/master", this::master);
    routes.addInstant("GET", "/info", this::info);
  }

  private Response master(Request request) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", VERSION);
    json.put("masterId", masterId);
    json.put("clusterId", clusterId);
    json.put("clusterName", clusterName);
    json.put("telemetryEnabled", false);
    json.put("hasCustomLogo", false);
    json.put("strictJobQueueControl", false);
    json.put("rbacEnabled", false);
    return Json.response(json);
  }

  private Response info(Request request) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", VERSION);
    json.put("master_id", masterId);
    json.put("cluster_id", clusterId);
    json.put("cluster_name", clusterName);
    json.put("telemetry", Map.of("enabled", false));
    return Json.response(json);
  }
}
