import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A receiver with the Standard Webhooks library, and the JDK's server.
 *
 * <pre>WEBHOOK_KEYS="KEY ..." PORT=9000 java -cp standardwebhooks.jar StandardWebhooks.java</pre>
 */
public class StandardWebhooks {
  private static final List<Webhook> WEBHOOKS =
      Arrays.stream(System.getenv("WEBHOOK_KEYS").split("\\s+"))
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
    } catch (WebhookVerificationException refused) {
      return false;
    }
  }

  private static void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Map<String, List<String>> headers = new HashMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values));
      boolean verified = WEBHOOKS.stream().anyMatch(webhook -> verified(webhook, body, headers));
      System.out.println(verified ? "verified " + body.length() + " characters" : "not verified");
      exchange.sendResponseHeaders(verified ? 204 : 401, -1);
    }
  }

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv("PORT"));
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext("/hook", StandardWebhooks::handle);
    server.start();
  }
}
