import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A receiver with the Standard Webhooks library, and the JDK's server.
 *
 * <pre>WEBHOOK_KEYS="KEY ..." PORT=9000 java -cp standardwebhooks.jar StandardWebhooks.java</pre>
 */
public class StandardWebhooks {
  private static final int MOST_BYTES = 1_000_000;
  private static final List<Webhook> WEBHOOKS =
      Arrays.stream(System.getenv("WEBHOOK_KEYS").split("\\s+"))
          .filter(key -> !key.isEmpty())
          .map(key -> new Webhook(secret(key)))
          .toList();

  /** Returns a key as the library wants it. One that begins with whsec_ already has that form. */
  private static String secret(String key) {
    return key.startsWith("whsec_")
        ? key
        : "whsec_" + Base64.getEncoder().encodeToString(key.getBytes(UTF_8));
  }

  private static boolean verified(Webhook webhook, String body, Map<String, List<String>> headers) {
    try {
      webhook.verify(body, headers);
      return true;
    } catch (Exception refused) { // not only the library's, if a header is malformed
      return false;
    }
  }

  private static void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] bytes = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        exchange.sendResponseHeaders(413, -1);
        return;
      }
      String body = new String(bytes, UTF_8);
      Map<String, List<String>> headers = new HashMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values));
      boolean verified = WEBHOOKS.stream().anyMatch(webhook -> verified(webhook, body, headers));
      System.out.println(verified ? "verified " + body.length() + " characters" : "not verified");
      exchange.sendResponseHeaders(verified ? 204 : 401, -1);
    }
  }

  public static void main(String[] args) throws IOException {
    System.setProperty("sun.net.httpserver.maxReqTime", "10"); // seconds for a whole request
    int port = Integer.parseInt(System.getenv("PORT"));
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext("/hook", StandardWebhooks::handle);
    server.setExecutor(Executors.newFixedThreadPool(64));
    server.start();
  }
}
