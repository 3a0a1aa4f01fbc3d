package org.expmaster.host.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** A delivery as people read it. Safe to print: no secret, and nothing that a terminal obeys. */
record DeliveryText(Incoming delivery) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_CHARACTERS = 20_000;

  private static final List<String> SHOWN =
      List.of(
          "Content-Type",
          "User-Agent",
          SignatureCheck.TIMESTAMP,
          SignatureCheck.STANDARD_ID,
          SignatureCheck.STANDARD_TIMESTAMP);

  /** Of no interest, or shown with the verdicts. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "accept",
          "accept-encoding",
          "connection",
          "content-length",
          "host",
          "transfer-encoding",
          SignatureCheck.SIGNATURE.toLowerCase(Locale.ROOT),
          SignatureCheck.STANDARD_SIGNATURE);

  /** Returns the kind of event, as far as the body says. */
  String event() {
    JsonNode event = json();
    String type = event.path("event_type").asText(event.path("type").asText());
    // one line, so that it cannot look like another
    return type.isEmpty() ? "a request without event_type" : printable(type).replace('\n', ' ');
  }

  /** Returns the headers, one a line. Those that may hold a secret are only named. */
  List<String> headers() {
    List<String> lines = new ArrayList<>();
    for (String name : SHOWN) {
      String value = delivery.header(name);
      if (!value.isEmpty()) {
        lines.add(name + ": " + printable(value));
      }
    }
    Set<String> others = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    others.addAll(delivery.headers().keySet());
    SHOWN.forEach(others::remove);
    others.removeIf(name -> LEFT_OUT.contains(name.toLowerCase(Locale.ROOT)));
    if (!others.isEmpty()) {
      lines.add("values not shown: " + printable(String.join(", ", others)));
    }
    return lines;
  }

  /** Returns the body, indented if it is JSON. */
  String body() {
    JsonNode json = json();
    String text = json.isMissingNode() ? new String(delivery.body(), UTF_8) : json.toPrettyString();
    String shown = text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
    return printable(shown) + (shown.length() < text.length() ? "\n… (cut)" : "");
  }

  private JsonNode json() {
    try {
      return JSON.readTree(delivery.body());
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  /** Writes characters that a terminal may obey as their number. */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean obeyed =
                  Character.isISOControl(c) && c != '\n' && c != '\t'
                      || Character.getType(c) == Character.FORMAT
                      || Character.getType(c) == Character.SURROGATE;
              if (obeyed) {
                printable.append("\\u").append("%04x".formatted(c));
              } else {
                printable.appendCodePoint(c);
              }
            });
    return printable.toString();
  }
}
