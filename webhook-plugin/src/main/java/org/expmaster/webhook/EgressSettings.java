package org.expmaster.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.SettingsException;
import org.expmaster.webhook.egress.Host;
import org.expmaster.webhook.egress.Network;

/**
 * Where requests may go, and through what.
 *
 * @param allowedNetworks what may be sent to although it is not public
 * @param proxy what every request goes through
 */
record EgressSettings(List<Network> allowedNetworks, Optional<URI> proxy) {
  static final String ALLOWED_NETWORKS = "webhooks.allowed_networks";
  static final String PROXY = "webhooks.proxy";

  static EgressSettings read(Settings settings) {
    return new EgressSettings(allowedNetworks(settings), proxy(settings));
  }

  private static List<Network> allowedNetworks(Settings settings) {
    List<Network> networks = new ArrayList<>();
    for (String text : settings.texts(ALLOWED_NETWORKS).orElse(List.of())) {
      try {
        networks.add(Network.parse(text));
      } catch (IllegalArgumentException wrong) {
        throw new SettingsException(
            ALLOWED_NETWORKS + "[" + networks.size() + "]",
            "is " + text + ", and " + wrong.getMessage());
      }
    }
    return List.copyOf(networks);
  }

  private static Optional<URI> proxy(Settings settings) {
    // a secret, because it might have been written with a password
    return settings.secret(PROXY).map(EgressSettings::proxy);
  }

  private static URI proxy(String text) {
    try {
      URI url = new URI(text);
      boolean isBare =
          url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null;
      if (isBare
          && "http".equals(url.getScheme())
          && Host.parse(url.getHost()).isPresent()
          && url.getPort() > 0
          && url.getPort() <= 65_535
          && url.getPath().matches("/?")) {
        return url;
      }
    } catch (URISyntaxException malformed) {
      // told below, with every other wrong one
    }
    throw new SettingsException(
        PROXY, "must be like http://proxy.example:3128: a host and a port, and nothing else");
  }
}
