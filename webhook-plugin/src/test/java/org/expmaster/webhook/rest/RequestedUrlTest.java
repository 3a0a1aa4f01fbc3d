package org.expmaster.webhook.rest;

import static org.expmaster.webhook.rest.RequestBodies.assertInvalid;
import static org.expmaster.webhook.rest.RequestBodies.assertNames;
import static org.expmaster.webhook.rest.RequestBodies.checkUrl;
import static org.expmaster.webhook.rest.RequestBodies.complete;
import static org.expmaster.webhook.rest.RequestBodies.withUrl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.expmaster.plugin.http.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The URL of a webhook that is asked for. */
class RequestedUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://receiver.example",
        "https://receiver.example/hook?token=s3cret&a=b#part",
        "HTTPS://receiver.example/hook",
        "hTTp://RECEIVER.example:8080/hook",
        "http://192.0.2.1/hook",
        "http://[2001:db8::1]:8443/hook",
        "http://[::ffff:192.0.2.1]/",
        "http://receiver.example:65535/",
        "http://receiver.example:1/",
        "http://receiver/a%20b",
        "https://xn--bcher-kva.example/hook"
      })
  void anAbsoluteHttpUrlIsTakenAsItIs(String url) {
    assertEquals(url, checkUrl(url).url().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "https://receiver.example/größe, https://receiver.example/gr%C3%B6%C3%9Fe",
    "https://receiver.example/?q=实验, https://receiver.example/?q=%E5%AE%9E%E9%AA%8C",
    "https://receiver.example/🎉, https://receiver.example/%F0%9F%8E%89"
  })
  void whatIsNotAsciiInAPathIsKeptAsItGoesOverTheWire(String url, String kept) {
    assertEquals(kept, checkUrl(url).url().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/s3cret",
        "s3cret",
        "receiver.example/s3cret",
        "//receiver.example/s3cret",
        "ftp://receiver.example/s3cret",
        "file:///s3cret",
        "javascript:alert('s3cret')",
        "data:text/plain,s3cret",
        "http:s3cret",
        "http:/s3cret",
        "http://",
        "http:///s3cret",
        "http://?s3cret",
        "http://:80/s3cret",
        "http://@receiver.example/s3cret",
        "http://receiver.example:0/s3cret",
        "http://receiver.example:99999/s3cret",
        "http://receiver.example:999999999999/s3cret",
        "http://receiver.example:-1/s3cret",
        "http://receiver.example:http/s3cret",
        "http://receiver.example/s3cret\r\nX-Injected: 1",
        "http://receiver.example/s3cret\u0000",
        "http://receiver.example\\@s3cret/",
        "http://[::1/s3cret",
        "http://[s3cret]/",
        "http://-s3cret.example/"
      })
  void anyOtherUrlIsInvalidAndIsNotRepeatedSinceItMayBeASecret(String url) {
    ApiException refused = assertInvalid(withUrl(url));
    assertNames("url", refused);
    assertFalse(refused.getMessage().contains("s3cret"), refused.getMessage());
  }

  @Test
  void aUrlWithHalfACharacterIsInvalid() {
    assertNames("url", assertInvalid(complete("").replace("/hook", "/\\ud83c")));
  }

  @Test
  void aUrlMayHave8000Characters() {
    String longest = "https://receiver.example/" + "a".repeat(8_000 - 25);
    assertEquals(longest, checkUrl(longest).url().toString());
    ApiException refused = assertInvalid(withUrl(longest + "a"));
    assertNames("url", refused);
    assertTrue(refused.getMessage().contains("8001"), refused.getMessage());
  }
}
