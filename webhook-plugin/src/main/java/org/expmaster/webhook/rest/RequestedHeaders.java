package org.expmaster.webhook.rest;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.webhook.registry.RequestHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The headers of a webhook as a client requests them. No error repeats a value, which is a secret.
 *
 * @param known the headers whose values may be kept; empty if none may
 * @param isEdit whether the webhook exists
 */
record RequestedHeaders(Fields fields, Optional<RequestHeaders> known, boolean isEdit) {
  static final int MOST = 10;
  static final int MAX_CHARACTERS = 8_000;

  private static final String AUTHORIZATION = "Authorization";

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

  /** Headers that HTTP or this client sets itself. */
  private static final Set<String> OWNED =
      Set.of(
          "accept-encoding",
          "baggage",
          "connection",
          "date",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "max-forwards",
          "range",
          "te",
          "traceparent",
          "tracestate",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent",
          "via");

  /** The beginnings of further such names, and of the signature's. */
  private static final List<String> OWNED_KINDS =
      List.of("content-", "proxy-", "webhook-", "x-determined-ai-");

  /**
   * Checks the headers.
   *
   * @param authorization the value of {@code Authorization} that the URL's credentials stand for
   */
  RequestHeaders check(Optional<String> authorization) {
    List<JsonNode> nodes = fields.list("headers");
    if (nodes.size() > MOST) {
      throw ApiException.invalid("headers has " + nodes.size() + " entries, and may have " + MOST);
    }
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < nodes.size(); i++) {
      add(byName, nodes.get(i), "headers[" + i + "]", authorization);
    }
    authorization.ifPresent(value -> byName.put(AUTHORIZATION, value));
    int characters =
        byName.entrySet().stream().mapToInt(h -> h.getKey().length() + h.getValue().length()).sum();
    if (characters > MAX_CHARACTERS) {
      throw ApiException.invalid(
          "headers has " + characters + " characters, and may have " + MAX_CHARACTERS);
    }
    return new RequestHeaders(byName);
  }

  private void add(
      Map<String, String> byName, JsonNode node, String path, Optional<String> authorization) {
    if (!(node instanceof ObjectNode object)) {
      throw ApiException.invalid(path + " must be an object with a name and a value");
    }
    Fields header = new Fields(path + ".", object);
    String name = name(header);
    Optional<String> value = header.text("value");
    if (authorization.isPresent() && name.equalsIgnoreCase(AUTHORIZATION)) {
      if (value.isPresent()) {
        throw ApiException.invalid(
            path + " is " + AUTHORIZATION + ", which the credentials in url stand for as well");
      }
      return;
    }
    if (byName.containsKey(name)) {
      throw ApiException.invalid(path + ".name is \"" + name + "\", which is there twice");
    }
    byName.put(name, value.map(text -> valid(text, path)).orElseGet(() -> kept(name, path)));
  }

  private static String name(Fields header) {
    String path = header.path("name");
    String name = header.text("name").orElseThrow(() -> ApiException.invalid(path + " is missing"));
    if (!NAME.matcher(name).matches()) {
      throw ApiException.invalid(
          path + " must be the name of an HTTP header such as X-Api-Key, of up to 100 characters");
    }
    // some servers give their programs both under one name
    String read = name.toLowerCase(Locale.ROOT).replace('_', '-');
    if (OWNED.contains(read) || OWNED_KINDS.stream().anyMatch(read::startsWith)) {
      throw ApiException.invalid(path + " is \"" + name + "\", which every request sets itself");
    }
    return name;
  }

  private static String valid(String value, String path) {
    String stripped = value.strip();
    if (stripped.isEmpty() || !stripped.chars().allMatch(c -> ' ' <= c && c <= '~')) {
      throw ApiException.invalid(path + ".value must be printable ASCII, and not empty");
    }
    return stripped;
  }

  private String kept(String name, String path) {
    return known
        .flatMap(headers -> headers.value(name))
        .orElseThrow(
            () ->
                ApiException.invalid(
                    isEdit && known.isEmpty()
                        ? path
                            + ".value, of header "
                            + name
                            + ", must be written again, since url leads to another scheme, host or"
                            + " port; or send headers without it"
                        : path + ".value is missing"));
  }
}
