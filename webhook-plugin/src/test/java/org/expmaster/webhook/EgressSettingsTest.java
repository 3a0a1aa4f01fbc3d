package org.expmaster.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.SettingsException;
import org.expmaster.webhook.egress.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks how the allowed networks and the proxy are read from the settings. */
final class EgressSettingsTest {

  @Test
  void byDefaultNothingInternalIsAllowedAndThereIsNoProxy() {
    assertEquals(new EgressSettings(List.of(), Optional.empty()), read(Map.of()));
  }

  @Test
  void whatIsWrittenIsRead() {
    assertEquals(
        new EgressSettings(
            List.of(
                Network.parse("10.0.0.0/8"), Network.parse("127.0.0.1"), Network.parse("::1/128")),
            Optional.of(URI.create("http://proxy.internal:3128"))),
        read(
            Map.of(
                "allowed_networks",
                List.of("10.0.0.0/8", "127.0.0.1", "::1"),
                "proxy",
                "http://proxy.internal:3128")));
  }

  @Test
  void aWrongNetworkIsNamedWithItsPlaceItsValueAndWhatIsRight() {
    assertEquals(
        "webhooks.allowed_networks[1] is 10.0.0/8, and must be a network such as 10.0.0.0/8 or"
            + " fd00::/8, or one address",
        refused("allowed_networks", List.of("127.0.0.1", "10.0.0/8")));
    assertEquals(
        "webhooks.allowed_networks[0] is 10.1.2.3/8, and must begin at 10.0.0.0, where its prefix"
            + " has it begin",
        refused("allowed_networks", List.of("10.1.2.3/8")));
    assertEquals(
        "webhooks.allowed_networks is 10.0.0.0/8, and must be a list",
        refused("allowed_networks", "10.0.0.0/8"));
    assertEquals(
        "webhooks.allowed_networks[0] is 10, and must be text; write it in quotes",
        refused("allowed_networks", List.of(10)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://proxy:3128", "http://10.0.0.1:3128/", "http://[::1]:8080"})
  void aProxyIsAHostAndAPort(String proxy) {
    assertEquals(Optional.of(URI.create(proxy)), read(Map.of("proxy", proxy)).proxy());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy:3128",
        "http://proxy",
        "https://proxy:3128",
        "socks://proxy:1080",
        "http://proxy:0",
        "http://proxy:65536",
        "http://proxy:3128/path",
        "http://proxy:3128?query",
        "http://proxy:3128#fragment",
        "http://2130706433:3128",
        "http://under_score:3128",
        "http://user:hunter2@proxy:3128",
        "not a URL",
        "",
      })
  void aWrongProxyIsNamedWithoutItsValueWhichMayHoldAPassword(String proxy) {
    String told = refused("proxy", proxy);
    assertEquals(
        "webhooks.proxy must be like http://proxy.example:3128: a host and a port, and nothing"
            + " else",
        told);
    assertFalse(told.contains("hunter2"));
  }

  private static EgressSettings read(Map<String, ?> webhooks) {
    return WebhookSettings.read(Settings.of(Map.of("webhooks", webhooks))).egress();
  }

  private static String refused(String name, Object value) {
    return assertThrows(SettingsException.class, () -> read(Map.of(name, value))).getMessage();
  }
}
