package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.webhook.egress.Destinations;
import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks URLs from the request's JSON to the address guard. */
final class UrlCheckTest {
  private final ScriptedNames names =
      new ScriptedNames()
          .answer("localhost", "127.0.0.1")
          .answer("localhost.", "127.0.0.1")
          .answer("hooks.example", "8.8.8.8")
          .answer("internal.example", "10.0.0.1")
          .answer("good", "8.8.8.8");
  private final Destinations destinations = TestDestinations.direct(names, new TurnableClock());

  @AfterEach
  void close() {
    destinations.close();
  }

  /** A URL that may look harmless, and the part of the error that says why it is rejected. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # where the guard decides
          http://127.0.0.1/                        | webhooks.allowed_networks
          HTTP://127.0.0.1/                        | webhooks.allowed_networks
          https://127.0.0.1:8443/hook?token=secret | webhooks.allowed_networks
          http://127.0.0.1:/                       | webhooks.allowed_networks
          http://127.0.0.1#@good/                  | webhooks.allowed_networks
          http://127.0.0.1?@good/                  | webhooks.allowed_networks
          http://127.0.0.1/@good                   | webhooks.allowed_networks
          http://0.0.0.0/                          | webhooks.allowed_networks
          http://[::1]/                            | webhooks.allowed_networks
          http://[::ffff:127.0.0.1]:80/            | webhooks.allowed_networks
          http://[::ffff:7f00:1]/                  | webhooks.allowed_networks
          http://[64:ff9b::7f00:1]/                | webhooks.allowed_networks
          http://[2002:7f00:1::]/                  | webhooks.allowed_networks
          http://169.254.169.254/latest/meta-data/ | webhooks.allowed_networks
          http://localhost/                        | webhooks.allowed_networks
          http://LOCALHOST:9200/                   | webhooks.allowed_networks
          http://localhost./                       | webhooks.allowed_networks
          http://internal.example/                 | webhooks.allowed_networks
          # where the host is not one
          http://2130706433/                       | url must have a host that is a name or an address in full
          http://0/                                | url must have a host that is a name or an address in full
          http://017700000001/                     | url must have a host that is a name or an address in full
          http://0x7f000001/                       | url must have a host that is a name or an address in full
          http://0177.0.0.1/                       | url must have a host that is a name or an address in full
          http://00000127.0.0.1/                   | url must have a host that is a name or an address in full
          http://[::ffff:0177.0.0.1]/              | url must have a host that is a name or an address in full
          http://[fe80::1%eth0]/                   | url must have a host that is a name or an address in full
          http://[fe80::1%25lo]/                   | url must have a host that is a name or an address in full
          # where the URL is not one
          http://127.1/                            | url must have a host that is a name or an address in full
          http://0x7f.1/                           | url must have a host that is a name or an address in full
          http://0x7f.0.0.1/                       | url must have a host that is a name or an address in full
          http://127.0.0.1./                       | url must have a host that is a name or an address in full
          http://256.256.256.256/                  | url must have a host that is a name or an address in full
          http://１２７。０。０。１/               | webhooks.allowed_networks
          http://127。0。0。1/                     | webhooks.allowed_networks
          http://①②⑦.0.0.1/                     | webhooks.allowed_networks
          http://%31%32%37.0.0.1/                  | url must have a host that is a name or an address in full
          http://127.0.0.1%00.good/                | url must have a host that is a name or an address in full
          http://good\\@127.0.0.1/                 | percent-encoded in its user name
          http:\\\\127.0.0.1/                      | url must be absolute
          http://127.0.0.1\\.good/                 | url must have a host that is a name or an address in full
          http://good &@127.0.0.1/                 | percent-encoded in its user name
          http://[::1/                             | url must name a host
          http://[127.0.0.1]/                      | url must have a host that is a name or an address in full
          http://127.0.0.1:80:80/                  | url must name a host
          http:///127.0.0.1/                       | url must name a host
          http:127.0.0.1                           | url must
          //127.0.0.1/                             | url must be absolute
          gopher://127.0.0.1/                      | url must be absolute
          file:///etc/passwd                       | url must be absolute
          jar:http://127.0.0.1!/                   | url must be absolute
          http://good@127.0.0.1/                   | webhooks.allowed_networks
          http://good:80@127.0.0.1/                | webhooks.allowed_networks
          http://@127.0.0.1/                       | url has an @ without a user name
          http://127.0.0.1:65536/                  | url must name a host, and a port
          """)
  void whatLeadsInsideIsNotTaken(String url, String told) {
    ApiException refused = assertThrows(ApiException.class, () -> check(url, destinations));
    assertEquals(ApiException.Reason.INVALID_ARGUMENT, refused.reason());
    assertTrue(refused.getMessage().startsWith("url"), refused.getMessage());
    assertTrue(refused.getMessage().contains(told), refused.getMessage());
    assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
    assertFalse(refused.getMessage().contains("10.0.0.1"), "what a name stands for is not told");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example/services/T000/B000/XXXX",
        "http://HOOKS.example:8080",
        "https://8.8.8.8/",
        "http://[2606:4700:4700::1111]:8080/hook",
        "http://127.0.0.1%2f@hooks.example/",
      })
  void whatLeadsOutsideIsTaken(String url) {
    assertDoesNotThrow(() -> check(url, destinations));
  }

  @Test
  void whatTheOperatorAllowedIsTaken() {
    try (Destinations inside = TestDestinations.direct(names, new TurnableClock(), "10.0.0.0/8")) {
      assertDoesNotThrow(() -> check("http://internal.example/", inside));
      assertThrows(ApiException.class, () -> check("http://127.0.0.1/", inside));
    }
  }

  @Test
  void aNameWithoutAnAddressIsTakenForItMayGetOne() {
    assertDoesNotThrow(() -> check("http://soon.example/", destinations));
    assertEquals(List.of("soon.example"), List.copyOf(names.asked()));
  }

  @Test
  @Timeout(10)
  void aNameThatHangsIsTakenInTime() {
    CountDownLatch release = names.hang("hanging.example");
    try {
      assertDoesNotThrow(
          () ->
              new UrlCheck(destinations, Duration.ofMillis(20))
                  .require(URI.create("http://hanging.example/")));
    } finally {
      release.countDown();
    }
  }

  @Test
  @Timeout(60)
  void ofManyNamesThatHangAFewAreWaitedForAndTheOthersAreTakenAtOnce() throws Exception {
    CountDownLatch release = names.hang("hanging.example");
    UrlCheck check = new UrlCheck(destinations, Duration.ofHours(1));
    ExecutorService threads = Executors.newFixedThreadPool(40);
    CompletionService<Void> checks = new ExecutorCompletionService<>(threads);
    try {
      for (int i = 0; i < 40; i++) {
        checks.submit(() -> check.require(URI.create("http://hanging.example/")), null);
      }
      for (int i = 0; i < 40 - UrlCheck.WAITING; i++) {
        checks.take().get();
      }
      assertNull(checks.poll(), "the others wait");
      release.countDown();
      for (int i = 0; i < UrlCheck.WAITING; i++) {
        checks.take().get();
      }
    } finally {
      release.countDown();
      threads.shutdownNow();
    }
  }

  private static void check(String url, Destinations destinations) {
    String json =
        """
        {"url": "%s", "webhookType": "WEBHOOK_TYPE_DEFAULT", "triggers": [
          {"triggerType": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE", "condition": {"state": "ERROR"}}]}
        """
            .formatted(url.replace("\\", "\\\\"));
    new UrlCheck(destinations, Duration.ofSeconds(10))
        .require(new RequestedWebhook(Json.object(json.getBytes(UTF_8), "it")).check().url());
  }
}
