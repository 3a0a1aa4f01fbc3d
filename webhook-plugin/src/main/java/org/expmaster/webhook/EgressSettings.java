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
 * Settings that bound where requests may be sent, and through which proxy.
 *
 * @param allowedNetworks networks that webhooks may be sent to although they are not public
 * @param proxy the HTTP proxy of every request, if any
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
    // read as a secret: the operator may have written a password into the URL
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
      // rejected below, like every other invalid URL
    }
    throw new SettingsException(
        PROXY, "must be like http://proxy.example:3128: a host and a port, and nothing else");
  }
}
