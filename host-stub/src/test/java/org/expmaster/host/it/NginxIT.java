package org.expmaster.host.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.expmaster.host.Master;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.InProcess;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Tools;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A browser that uses a host name over plain HTTP, behind a real nginx. It sends an Origin but no
 * Sec-Fetch-Site, since it trusts no plain HTTP page that is not on its own machine.
 */
final class NginxIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String FORM =
      "username=admin&password=" + MasterProcess.PASSWORD.replace(' ', '+');

  @TempDir private static Path directory;
  private static Master master;
  private static Process nginx;

  /** The port of an nginx with default settings; {@link #asShown} has those of the README. */
  private static int byDefault;

  private static int asShown;

  @BeforeAll
  static void start() throws Exception {
    File program = nginx();
    master = InProcess.master(directory, directory.resolve("no-plugins"));
    byDefault = freePort();
    asShown = freePort();
    Path config = Files.writeString(directory.resolve("nginx.conf"), config());
    nginx =
        new ProcessBuilder(program.toString(), "-p", directory + "/", "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("nginx.txt").toFile())
            .start();
    for (int port : List.of(byDefault, asShown)) {
      Wait.until(NginxIT::said, SOON, () -> answers(port));
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (nginx != null) {
      nginx.destroy();
      nginx.waitFor();
    }
    if (master != null) {
      master.close();
    }
  }

  private static File nginx() {
    File besideThePath = new File("/usr/sbin/nginx");
    if (besideThePath.canExecute()) {
      return besideThePath;
    }
    return Tools.find("nginx")
        .orElseGet(
            () -> {
              if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("there is no nginx");
              }
              return abort("there is no nginx");
            });
  }

  private static String config() throws IOException {
    String snippet = snippet();
    assertTrue(snippet.contains("proxy_pass http://127.0.0.1:8080;"), snippet);
    String here = "proxy_pass " + master.url() + ";";
    return """
    daemon off;
    pid nginx.pid;
    error_log stderr;
    events {}
    http {
      access_log off;
      client_body_temp_path body;
      proxy_temp_path proxy;
      fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi;
      scgi_temp_path scgi;
      server { listen 127.0.0.1:%d; location / { %s } }
      server { listen 127.0.0.1:%d; %s }
    }
    """
        .formatted(
            byDefault, here, asShown, snippet.replace("proxy_pass http://127.0.0.1:8080;", here));
  }

  /** Returns the configuration that the README shows. */
  private static String snippet() throws IOException {
    String readme = Files.readString(Path.of(System.getProperty("readme", "../README.md")));
    int from = readme.indexOf("```nginx\n") + "```nginx\n".length();
    return readme.substring(from, readme.indexOf("```", from));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try {
      return at(port).get("/info").status() == 200;
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  private static String said() {
    try {
      return "nginx answers: " + Files.readString(directory.resolve("nginx.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Api at(int port) {
    return Api.of(URI.create("http://127.0.0.1:" + port));
  }

  /** Logs in. A browser sends requests to the host it is at, so no host name is needed here. */
  private static Api.Answer logIn(int port, String origin) {
    Api api = at(port);
    return api.send(api.request("POST", "/det/login", FORM).header("Origin", origin));
  }

  @Test
  void withWhatTheReadmeShowsABrowserLogsInAndEdits() {
    String origin = "http://127.0.0.1:" + asShown;
    Api.Answer in = logIn(asShown, origin);
    assertEquals(303, in.status(), in.http().body());
    String cookie = in.http().headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    Api api = at(asShown);
    Map<String, String> edit = Map.of("Origin", origin, "Cookie", cookie);
    var request = api.request("POST", "/api/v1/workspaces", "{\"name\": \"behind nginx\"}");
    edit.forEach(request::header);
    assertEquals(200, api.send(request).status());
    assertEquals(403, logIn(asShown, "http://evil.example").status());
  }

  @Test
  void withItsDefaultsTheRefusalSaysWhatToSet() {
    Api.Answer refused = logIn(byDefault, "http://127.0.0.1:" + byDefault);
    assertEquals(403, refused.status());
    String host = URI.create(master.url()).getAuthority();
    assertTrue(
        refused.error().contains("Origin is http://127.0.0.1:" + byDefault), refused.error());
    assertTrue(refused.error().contains("the Host it came to is " + host), refused.error());
    assertTrue(refused.error().contains("proxy_set_header Host $http_host;"), refused.error());
  }
}
