package org.expmaster.host.info;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;

/**
 * The meters of the master and its plugins, in the text format of Prometheus.
 *
 * <p>Admins may read them, and whoever sends the token of the settings as a bearer token. The
 * client's address gives no right: behind a proxy on the same host, everyone comes from loopback.
 */
public final class MetricsResource {
  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final String BEARER = "Bearer ";

  private final PrometheusMeterRegistry meters;
  private final Optional<String> token;

  /**
   * @param token the token of the scraper, if there is one
   */
  public MetricsResource(PrometheusMeterRegistry meters, Optional<String> token) {
    this.meters = meters;
    this.token = token;
  }

  public void addTo(Routes routes) {
    routes.add("GET", "/metrics", Access.PUBLIC, this::scrape);
  }

  private boolean isToken(String sent) {
    return token.isPresent() && MessageDigest.isEqual(bytes(token.get()), bytes(sent));
  }

  private Response scrape(Request request) {
    if (!isScraper(request) && !request.requireCaller().admin()) {
      throw ApiException.denied("this is for admins, and for the token security.metrics_token");
    }
    return new Response(200, Map.of("Content-Type", CONTENT_TYPE), bytes(meters.scrape()));
  }

  private boolean isScraper(Request request) {
    return request
        .header("Authorization")
        .filter(value -> value.startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()))
        .filter(this::isToken)
        .isPresent();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the callers of requests: the scraper's token is not looked up in the database. */
  public Function<String, Optional<Caller>> callers(Function<String, Optional<Caller>> users) {
    return sent -> isToken(sent) ? Optional.empty() : users.apply(sent);
  }
}
