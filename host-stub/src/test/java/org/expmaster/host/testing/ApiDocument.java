package org.expmaster.host.testing;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The OpenAPI document that a master serves, with which its answers are checked. */
public final class ApiDocument {
  private static final String PATH = "/api/v1/webhooks/openapi.yaml";

  /** A name for it, under which its schemas are found; nothing is fetched from there. */
  private static final String IRI = "https://master.invalid/openapi";

  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
  private static final String ERROR = IRI + "#/components/schemas/Error";

  private final JsonNode root;

  /** The paths by template; a literal segment sorts before a name in braces. */
  private final Map<String, JsonNode> paths = new TreeMap<>();

  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private ApiDocument(String yaml) {
    // absolute references: schemas are then found from wherever one is taken out
    root = new YAMLMapper().readTree(yaml.replace("$ref: '#/", "$ref: '" + IRI + "#/"));
    close(root.path("components").path("schemas"));
    root.path("paths").properties().forEach(path -> paths.put(path.getKey(), path.getValue()));
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder
                    .schemas(Map.of(IRI, root.toString()))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  /** Reads the document of this master. */
  public static ApiDocument of(URI master) {
    Api.Answer answer = Api.of(master).get(PATH);
    if (answer.status() != 200) {
      throw new AssertionError("the master has no " + PATH + ": it answers " + answer.status());
    }
    return read(answer.http().body());
  }

  static ApiDocument read(String yaml) {
    return new ApiDocument(yaml);
  }

  /**
   * Forbids fields that the document does not name. Clients must ignore such fields, so that later
   * versions can have more; a master must not send them.
   */
  private static void close(JsonNode node) {
    if (node instanceof ObjectNode schema
        && schema.path("type").asString("").equals("object")
        && !schema.has("additionalProperties")) {
      schema.put("unevaluatedProperties", false);
    }
    node.forEach(ApiDocument::close);
  }

  public String version() {
    return root.at("/info/version").asString();
  }

  /** Returns the documented routes, each a method and a path with names in braces. */
  public Set<String> routes() {
    Set<String> routes = new TreeSet<>();
    paths.forEach(
        (path, item) ->
            item.propertyNames().stream()
                .filter(METHODS::contains)
                .forEach(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    return routes;
  }

  /**
   * A request and its answer.
   *
   * @param path the path as it was sent, without the query
   * @param headers the answer's, by lower-case name
   */
  public record Exchange(
      String method, String path, int status, Map<String, String> headers, String body) {}

  /** Fails if an answer is not as the document says. */
  public void check(Api.Answer answer) {
    HttpResponse<String> http = answer.http();
    Map<String, String> headers = new TreeMap<>();
    http.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
    Exchange exchange =
        new Exchange(
            http.request().method(),
            http.request().uri().getRawPath(),
            http.statusCode(),
            headers,
            http.body());
    problem(exchange)
        .ifPresent(
            what -> {
              throw new AssertionError("not as in the document: " + exchange + ": " + what);
            });
  }

  /** Says what of an answer is not as in the document; empty for a path that is not in it. */
  public Optional<String> problem(Exchange exchange) {
    return paths.keySet().stream()
        .filter(template -> matches(template, exchange.path()))
        .findFirst()
        .flatMap(template -> problem(exchange, template));
  }

  private Optional<String> problem(Exchange exchange, String template) {
    String method = exchange.method().equals("HEAD") ? "get" : lower(exchange.method());
    // methods are case-sensitive: "get" is none
    boolean isUpper = exchange.method().equals(exchange.method().toUpperCase(Locale.ROOT));
    boolean isMethod = isUpper && METHODS.contains(method);
    JsonNode operation = isMethod ? paths.get(template).path(method) : null;
    if (operation == null || operation.isMissingNode()) {
      return exchange.status() < 400
          ? Optional.of("it has no " + method + " of " + template)
          : invalid(ERROR, exchange);
    }
    JsonNode responses = operation.path("responses");
    String status = String.valueOf(exchange.status());
    JsonNode response =
        resolved(responses.path(responses.has(status) ? status : status.charAt(0) + "XX"));
    if (response.isMissingNode()) {
      return Optional.of("it has no status " + status + " of " + method + " " + template);
    }
    return missingHeader(response, exchange).or(() -> content(response, exchange, template));
  }

  private Optional<String> missingHeader(JsonNode response, Exchange exchange) {
    return response.path("headers").properties().stream()
        .filter(header -> resolved(header.getValue()).path("required").asBoolean())
        .filter(header -> !exchange.headers().containsKey(lower(header.getKey())))
        .map(header -> "it has no header " + header.getKey())
        .findFirst();
  }

  private Optional<String> content(JsonNode response, Exchange exchange, String template) {
    if (!response.has("content")) {
      return exchange.body().isEmpty() ? Optional.empty() : Optional.of("it has no body");
    }
    String type = exchange.headers().getOrDefault("content-type", "none").split(";")[0].strip();
    JsonNode content = response.path("content").path(type);
    if (content.isMissingNode()) {
      return Optional.of("it has no content type " + type);
    }
    return type.equals("application/json")
        ? invalid(content.path("schema"), exchange, template)
        : Optional.empty();
  }

  private Optional<String> invalid(JsonNode schema, Exchange exchange, String template) {
    if (schema.has("$ref")) {
      return invalid(schema.path("$ref").asString(), exchange);
    }
    String name = exchange.method() + " " + template + " " + exchange.status();
    return invalid(schemas.computeIfAbsent(name, n -> registry.getSchema(schema)), exchange);
  }

  private Optional<String> invalid(String location, Exchange exchange) {
    return invalid(
        schemas.computeIfAbsent(location, l -> registry.getSchema(SchemaLocation.of(l))), exchange);
  }

  private static Optional<String> invalid(Schema schema, Exchange exchange) {
    if (exchange.method().equals("HEAD")) {
      return Optional.empty();
    }
    List<Error> errors = schema.validate(exchange.body(), InputFormat.JSON);
    return errors.isEmpty() ? Optional.empty() : Optional.of(errors.toString());
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref")
        ? root.at(node.path("$ref").asString().substring(IRI.length() + 1))
        : node;
  }

  private static boolean matches(String template, String path) {
    List<String> names = Arrays.asList(template.split("/", -1));
    List<String> segments = Arrays.asList(path.split("/", -1));
    for (int i = 0; i < names.size() && names.size() == segments.size(); i++) {
      String segment = segments.get(i);
      if (names.get(i).startsWith("{") ? segment.isEmpty() : !names.get(i).equals(segment)) {
        return false;
      }
    }
    return names.size() == segments.size();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
