package org.expmaster.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.expmaster.host.ApiMaster.assertRequired;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users, their logins and their sessions, as Determined's client uses them. */
final class LoginApiTest {
  @TempDir private static Path directory;
  private static ApiMaster master;

  @BeforeAll
  static void start() throws Exception {
    master = new ApiMaster(directory);
  }

  @AfterAll
  static void stop() {
    master.close();
  }

  private static Api.Answer login(Map<String, ?> body) {
    return master.nobody.post("/api/v1/auth/login", body);
  }

  private static String clientHash(String password) throws Exception {
    byte[] bytes = ("GubPEmmotfiK9TMD6Zdw" + password).getBytes(UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
  }

  @Test
  void aLoginTakesThePasswordHashedOrPlainAndGivesATokenAndACookie() throws Exception {
    Api.Answer hashed =
        login(
            Map.of(
                "username",
                "admin",
                "password",
                clientHash(MasterProcess.PASSWORD),
                "isHashed",
                true));
    String token = hashed.ok().get("token").asText();
    assertEquals("admin", hashed.json().at("/user/username").asText());
    assertRequired(hashed.json().get("user"), "id", "username", "admin", "active");
    String cookie = hashed.http().headers().firstValue("Set-Cookie").orElseThrow();
    assertEquals("auth=" + token + "; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax", cookie);
    Api.Answer me =
        master.nobody.send(
            master.nobody.request("GET", "/api/v1/me", "").header("Cookie", "auth=" + token));
    assertEquals(1, me.ok().at("/user/id").asInt());
  }

  @Test
  void wrongCredentialsAreOneAnswerWhateverIsWrong() throws Exception {
    List<Map<String, ?>> wrong =
        List.of(
            Map.of("username", "admin", "password", "wrong"),
            Map.of("username", "admin", "password", ""),
            Map.of("username", "admin", "password", "", "isHashed", true),
            Map.of("username", "admin"),
            Map.of("username", "nobody", "password", MasterProcess.PASSWORD),
            // the hash sent as a plain password, and the plain password sent as a hash
            Map.of("username", "admin", "password", clientHash(MasterProcess.PASSWORD)),
            Map.of("username", "admin", "password", MasterProcess.PASSWORD, "isHashed", true));
    for (Map<String, ?> credentials : wrong) {
      Api.Answer answer = login(credentials);
      assertEquals(401, answer.status(), credentials.toString());
      assertEquals("wrong username or password", answer.error());
    }
  }

  @Test
  void aTokenIsWorthNothingAfterTheLogout() {
    Api session = master.nobody.login("admin", MasterProcess.PASSWORD);
    assertEquals(200, session.get("/api/v1/me").status());
    session.post("/api/v1/auth/logout", Map.of()).ok();
    assertEquals(401, session.get("/api/v1/me").status());
  }

  @Test
  void anAdminMakesUsersWhoCanLogIn() {
    Map<String, Object> body =
        Map.of("user", Map.of("username", "ada", "active", true), "password", "lovelace");
    assertEquals(403, master.user.post("/api/v1/users", body).status());
    assertEquals(
        "ada", master.admin.post("/api/v1/users", body).ok().at("/user/username").asText());
    assertEquals("username is taken", master.admin.post("/api/v1/users", body).error());
    assertFalse(
        master
            .nobody
            .login("ada", "lovelace")
            .get("/api/v1/me")
            .ok()
            .at("/user/admin")
            .asBoolean());
    assertTrue(master.user.get("/api/v1/users").ok().get("users").size() >= 3);
  }

  @Test
  void aPasswordIsChangedByItsUserOrAnAdminAndEndsTheirSessions() throws Exception {
    Map<String, Object> body =
        Map.of("user", Map.of("username", "grace", "active", true), "password", "one");
    String path =
        "/api/v1/users/"
            + master.admin.post("/api/v1/users", body).ok().at("/user/id")
            + "/password";
    Api grace = master.nobody.login("grace", "one");
    assertEquals(401, master.nobody.post(path, Map.of("password", "x")).status());
    assertEquals(403, master.user.post(path, Map.of("password", "x")).status());
    // as Determined's clients send it
    grace.post(path, '"' + clientHash("two") + '"').ok();
    assertEquals(401, grace.get("/api/v1/me").status());
    assertEquals(401, login(Map.of("username", "grace", "password", "one")).status());
    grace = master.nobody.login("grace", "two");
    master.admin.post(path, Map.of("password", "three")).ok();
    assertEquals(401, grace.get("/api/v1/me").status());
    assertEquals(200, master.nobody.login("grace", "three").get("/api/v1/me").status());
    for (String wrong : List.of("", "\"plain\"", "{}", "[]", "{\"password\": \"\"}", "7")) {
      assertEquals(400, master.admin.post(path, wrong).status(), wrong);
    }
    assertEquals(
        404, master.admin.post("/api/v1/users/9999/password", Map.of("password", "x")).status());
  }

  @Test
  void whoGuessesIsMadeToWaitAndTheLoginPageSaysSoToo() {
    Map<String, ?> guess = Map.of("username", "guessed", "password", "wrong");
    Api.Answer answer = login(guess);
    // ten failures are free, and more if a second passes between two
    for (int i = 0; i < 15 && answer.status() == 401; i++) {
      answer = login(guess);
    }
    assertEquals(429, answer.status());
    assertTrue(answer.error().startsWith("too many logins have failed"), answer.error());
    assertTrue(answer.http().headers().firstValue("Retry-After").isPresent());
    Api.Answer page = master.nobody.post("/det/login", "username=guessed&password=wrong");
    assertEquals(429, page.status());
    assertTrue(page.http().body().contains("too many logins have failed"), page.http().body());
    assertEquals(
        200, master.nobody.login("admin", MasterProcess.PASSWORD).get("/api/v1/me").status());
  }

  @Test
  void whoLogsInWithABrowserIsSentWhereTheyWereGoingAndNowhereElse() {
    String form = "username=admin&password=" + MasterProcess.PASSWORD.replace(' ', '+');
    Api.Answer in = master.nobody.post("/det/login", form + "&redirect=webhooks%23%2Fwebhooks%2F7");
    assertEquals(303, in.status());
    assertEquals("webhooks#/webhooks/7", in.http().headers().firstValue("Location").orElseThrow());
    String cookie = in.http().headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.startsWith("auth=") && cookie.contains("HttpOnly"), cookie);
    for (String elsewhere :
        List.of("https://evil.example", "//evil.example", "/\\evil.example", "x%0d%0ay")) {
      Api.Answer home = master.nobody.post("/det/login", form + "&redirect=" + elsewhere);
      assertEquals("webhooks", home.http().headers().firstValue("Location").orElseThrow());
    }
    Api.Answer wrong =
        master.nobody.post("/det/login", "username=admin&password=wrong&redirect=%22%3E");
    assertEquals(401, wrong.status());
    assertTrue(wrong.http().body().contains("Wrong username or password."));
    assertFalse(wrong.http().headers().firstValue("Set-Cookie").isPresent());
    assertEquals(
        403,
        master
            .nobody
            .send(
                master
                    .nobody
                    .request("POST", "/det/login", form)
                    .header("Origin", "https://evil.example"))
            .status());
  }
}
