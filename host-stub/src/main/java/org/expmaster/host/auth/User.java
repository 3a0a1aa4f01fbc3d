package org.expmaster.host.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import org.expmaster.plugin.http.Caller;

/** A user, without the password. */
public record User(long id, String username, boolean admin, boolean active) {

  Caller caller() {
    return new Caller(id, username, admin);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("username", username);
    json.put("displayName", "");
    json.put("admin", admin);
    json.put("active", active);
    return json;
  }
}
