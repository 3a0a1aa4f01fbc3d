package org.expmaster.webhook.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.Handler;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.junit.jupiter.api.Test;

/** Checks what a browser gets. */
class PageRoutesTest {
  private static final String PAGE = "/det/webhooks";
  private static final int MOST_BYTES = 150_000;

  private final Map<String, Handler> handlers = new TreeMap<>();

  PageRoutesTest() {
    PageRoutes.add(
        (method, path, access, handler) -> {
          assertEquals("GET", method);
          assertEquals(
              Access.PUBLIC, access, "the files say nothing, and show the way to the login");
          handlers.put(path, handler);
        });
  }

  @Test
  void everyFileOfThePageIsServedAndNoOther() throws Exception {
    Path directory = Path.of(PageRoutes.class.getResource("index.html").toURI()).getParent();
    try (Stream<Path> files = Files.walk(directory)) {
      Set<String> there =
          files
              .filter(Files::isRegularFile)
              .map(file -> directory.relativize(file).toString().replace('\\', '/'))
              .filter(name -> !name.endsWith(".class") && !name.equals("index.html"))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(there, new TreeSet<>(PageRoutes.FILES));
    }
  }

  @Test
  void everyAddressInItIsRelativeAndLeadsSomewhere() throws Exception {
    Pattern address = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    for (String reference :
        address.matcher(text(PAGE)).results().map(found -> found.group(1)).toList()) {
      assertTrue(handlers.containsKey("/det/" + reference), reference);
    }
    Pattern imports = Pattern.compile("from\\s?\"(\\.[^\"]+)\"");
    for (String path : handlers.keySet()) {
      for (MatchResult found : imports.matcher(text(path)).results().toList()) {
        String target = Path.of(path).resolveSibling(found.group(1)).normalize().toString();
        assertTrue(handlers.containsKey(target.replace('\\', '/')), path + " → " + found.group(1));
      }
    }
  }

  @Test
  void nothingButTheMastersOwnFilesMayRun() throws Exception {
    for (String path : handlers.keySet()) {
      Map<String, String> headers = answer(path, "").headers();
      assertEquals(
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
              + " img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
          headers.get("Content-Security-Policy"),
          path);
      assertEquals("nosniff", headers.get("X-Content-Type-Options"), path);
      assertEquals("no-referrer", headers.get("Referrer-Policy"), path);
      assertFalse(text(path).contains("unsafeHTML"), path);
      assertFalse(text(path).contains("innerHTML =") && !path.contains("lit-html"), path);
    }
    assertFalse(text(PAGE).contains("<style"), "a style in the page");
    assertFalse(text(PAGE).matches("(?s).*<script(?![^>]*src=).*"), "a script in the page");
  }

  @Test
  void eachIsWhatItsNameSays() throws Exception {
    assertEquals("text/html; charset=UTF-8", type(PAGE));
    assertEquals("text/javascript; charset=UTF-8", type(PAGE + "/page.js"));
    assertEquals("text/css; charset=UTF-8", type(PAGE + "/page.css"));
    assertEquals("text/plain; charset=UTF-8", type(PAGE + "/verify/verify.py"));
  }

  @Test
  void whatTheBrowserHasIsNotSentAgain() throws Exception {
    String tag = answer(PAGE + "/page.js", "").headers().get("ETag");
    Response again = answer(PAGE + "/page.js", tag);
    assertEquals(304, again.status());
    assertEquals(0, again.body().length);
    assertEquals("no-cache", again.headers().get("Cache-Control"));
    assertEquals(304, answer(PAGE + "/page.js", "\"another\", W/" + tag).status());
    assertEquals(304, answer(PAGE + "/page.js", "*").status());
    assertEquals(200, answer(PAGE + "/page.js", "\"another\"").status());
  }

  @Test
  void allOfItTogetherStaysSmall() throws Exception {
    int bytes = 0;
    for (String path : handlers.keySet()) {
      bytes += answer(path, "").body().length;
    }
    assertTrue(bytes < MOST_BYTES, bytes + " bytes");
  }

  private String type(String path) throws Exception {
    return answer(path, "").headers().get("Content-Type");
  }

  private String text(String path) throws Exception {
    return new String(answer(path, "").body(), UTF_8);
  }

  private Response answer(String path, String seen) throws Exception {
    return handlers
        .get(path)
        .handle(
            new Request(
                "GET",
                path,
                Map.of(),
                Map.of(),
                Map.of("if-none-match", seen),
                new byte[0],
                Optional.empty()));
  }
}
