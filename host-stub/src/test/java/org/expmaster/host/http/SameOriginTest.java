package org.expmaster.host.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
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
    assertEquals(foreign, SameOrigin.isForeign(method, headers));
  }
}
