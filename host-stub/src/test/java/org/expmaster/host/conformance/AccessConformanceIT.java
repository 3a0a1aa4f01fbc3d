package org.expmaster.host.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may see and do what. */
final class AccessConformanceIT extends ConformanceCase {
  private static final String CONFIG = "/api/v1/master/config";

  @Test
  void theKeyIsInTheConfigWhereBothVersionsHaveItAndForAdminsAlone() {
    JsonNode config = subject.admin.get(CONFIG).ok().path("config");
    String key = config.at("/security/webhook_signing_key").textValue();
    assertFalse(key.isEmpty());
    assertEquals(key, config.at("/webhooks/signing_key").textValue());
    assertTrue(config.at("/webhooks/base_url").isTextual());
    assertError(403, 7, "PermissionDenied", subject.other.get(CONFIG));
    assertError(401, 16, "Unauthenticated", subject.nobody.get(CONFIG));
  }

  @Test
  void permissionIsCheckedBeforeWhatIsWrong() {
    assertError(403, 7, "PermissionDenied", subject.other.post(ALL, "{\"url\":1}"));
    assertError(
        403,
        7,
        "PermissionDenied",
        subject.other.post(ALL, "{\"url\":1,\"workspaceId\":" + subject.workspace + "}"));
    assertError(401, 16, "Unauthenticated", subject.nobody.post(ALL, "{\"url\":1}"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, ''",
    "PATCH, ''",
    "DELETE, ''",
    "POST, /test",
    "POST, /enable",
    "POST, /disable",
    "POST, /redeliver",
    "GET, /deliveries",
    "GET, /deliveries/1",
    "POST, /deliveries/1/redeliver"
  })
  void nobodyLearnsOfAWebhookTheyMayNotSeeNotEvenThatItsIdExists(String method, String rest) {
    long owned = subject.create(subject.owner, Map.of("workspaceId", subject.workspace));
    long gone = subject.create(subject.admin, Map.of());
    subject.admin.delete(ALL + "/" + gone).ok();
    Api.Answer hidden = call(subject.other, method, owned, rest);
    Api.Answer missing = call(subject.other, method, gone, rest);
    assertError(404, 5, "NotFound", hidden);
    assertError(404, 5, "NotFound", missing);
    assertEquals(
        missing.error().replace("" + gone, "ID"), hidden.error().replace("" + owned, "ID"));
    assertError(404, 5, "NotFound", call(subject.admin, method, gone, rest));
    assertError(401, 16, "Unauthenticated", call(subject.nobody, method, owned, rest));
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH, ''",
    "DELETE, ''",
    "POST, /test",
    "POST, /enable",
    "POST, /disable",
    "POST, /redeliver",
    "GET, /deliveries"
  })
  void everyoneSeesOneOfAllWorkspacesAndAdminsAloneEditIt(String method, String rest) {
    long all = subject.create(subject.admin, Map.of());
    assertEquals(all, listed(subject.other, all).path("id").asLong());
    assertError(403, 7, "PermissionDenied", call(subject.other, method, all, rest));
    assertEquals(200, call(subject.admin, method, all, rest).status());
  }

  @ParameterizedTest
  @CsvSource({"GET, ''", "PATCH, ''", "POST, /test", "GET, /deliveries", "DELETE, ''"})
  void aWorkspacesOwnerDoesInItWhatAnAdminMay(String method, String rest) {
    long owned = subject.create(subject.owner, Map.of("workspaceId", subject.workspace));
    assertEquals(owned, listed(subject.owner, owned).path("id").asLong());
    assertEquals(owned, listed(subject.admin, owned).path("id").asLong());
    assertTrue(listed(subject.other, owned).isMissingNode());
    assertEquals(200, call(subject.owner, method, owned, rest).status());
  }

  @Test
  void nobodyMovesAWebhookToWhereTheyMayNot() {
    long owned = subject.create(subject.owner, Map.of("workspaceId", subject.workspace));
    assertError(
        403,
        7,
        "PermissionDenied",
        subject.owner.patch(ALL + "/" + owned, Map.of("workspaceId", 0)));
  }

  @Test
  void anUnknownRouteAndAnUnknownIdAreNotFound() {
    for (String path : new String[] {"/1/2/3", "/nonsense", "/0", "/-1", "/99999999999999999999"}) {
      assertError(404, 5, "NotFound", subject.admin.get(ALL + path));
    }
  }

  private static Api.Answer call(Api who, String method, long id, String rest) {
    String body = method.equals("PATCH") ? "{}" : "";
    return who.send(who.request(method, ALL + "/" + id + rest, body));
  }
}
