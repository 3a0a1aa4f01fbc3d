package org.expmaster.host.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.expmaster.plugin.http.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SameOriginTest {

  @ParameterizedTest
  @CsvSource({
    // method, Sec-Fetch-Site, Origin, Host, foreign?
    "POST, same-origin, , m:8080, false",
    "POST, none, , m:8080, false",
    "POST, same-site, , m:8080, true",
    "POST, cross-site, , m:8080, true",
    "DELETE, cross-site, , m:8080, true",
    "GET, cross-site, , m:8080, false",
    "POST, , http://m:8080, m:8080, false",
    "POST, , http://m:8081, m:8080, true",
    "POST, , https://M, m, false",
    "POST, , https://m:443, m, false",
    "POST, , http://m:80, m, false",
    "POST, , http://evil, m, true",
    "POST, , null, m, true",
    "POST, , '::', m, true",
    "POST, , , m, false",
  })
  void anUnsafeRequestFromElsewhereIsForeign(
      String method, String site, String origin, String host, boolean foreign) {
    Map<String, String> headers = new HashMap<>(Map.of("host", host));
    if (site != null) {
      headers.put("sec-fetch-site", site);
    }
    if (origin != null) {
      headers.put("origin", origin);
    }
    if (foreign) {
      ApiException refusal =
          assertThrows(ApiException.class, () -> SameOrigin.check(method, headers));
      assertEquals(ApiException.Reason.PERMISSION_DENIED, refusal.reason());
    } else {
      SameOrigin.check(method, headers);
    }
  }

  @Test
  void aProxyThatHasReplacedTheHostIsToldWhatToSet() {
    Map<String, String> headers = Map.of("origin", "http://ml.example", "host", "127.0.0.1:8080");
    ApiException refusal =
        assertThrows(ApiException.class, () -> SameOrigin.check("POST", headers));
    assertEquals(
        "this request comes from another site's page: its Origin is http://ml.example, and the"
            + " Host it came to is 127.0.0.1:8080. If a proxy has replaced the Host, have it pass"
            + " on the browser's; in nginx: proxy_set_header Host $http_host;",
        refusal.getMessage());
  }

  @Test
  void whatAForwardingHeaderSaysIsNotBelieved() {
    Map<String, String> headers =
        Map.of(
            "origin", "http://evil.example",
            "host", "ml.example",
            "x-forwarded-host", "evil.example",
            "forwarded", "host=evil.example");
    assertThrows(ApiException.class, () -> SameOrigin.check("POST", headers));
  }
}
