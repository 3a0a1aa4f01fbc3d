package org.expmaster.host.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.List;
import java.util.Random;

/** Random requests to the routes of a table. */
final class RequestDice {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "FOO");

  private static final List<String> IDS =
      List.of(
          "1",
          "2",
          "3",
          "5",
          "0",
          "-1",
          "x",
          "99999",
          "9223372036854775807",
          "9223372036854775808",
          "1.0",
          "%00",
          "%C3",
          "%F0%9F%8E%89",
          "1%2F2",
          "..",
          "%2e%2e",
          "%",
          "1.a",
          "1;a=b",
          "%ED%A0%80");

  private static final List<String> PARAMETERS =
      List.of(
          "limit",
          "offset",
          "cursor",
          "since",
          "state",
          "report",
          "workspaceId",
          "name",
          "nameCaseSensitive",
          "returnTo",
          "id");

  private static final List<String> VALUES =
      List.of(
          "1",
          "0",
          "10",
          "-1",
          "1001",
          "x",
          "",
          "true",
          "DEAD",
          "WAITING",
          "2147483648",
          "9223372036854775807",
          "99999999999999999999",
          "2026-03-01T00:00:00Z",
          "%2B300000000-01-01T00:00:00Z",
          "-999999999-01-01T00:00:00Z",
          "%00",
          "%zz",
          "%C3",
          "%",
          "%ED%A0%BD",
          "a%20b");

  private static final List<String> HEADERS =
      List.of(
          "If-Match: \"1\"",
          "If-Match: *",
          "If-Match: ,,\"",
          "If-Match: W/\"x\"",
          "If-None-Match: \"\"",
          "If-None-Match: *",
          "Content-Type: text/plain",
          "Content-Type: application/json; charset=utf-7",
          "Accept: nothing/*",
          "Cookie: auth=x; auth=y",
          "Cookie: =;;;",
          "Origin: null",
          "Origin: http://evil.example",
          "Sec-Fetch-Site: cross-site",
          "Accept-Encoding: gzip;q=0",
          "Range: bytes=0-1",
          "X-Forwarded-For: 1.2.3.4",
          "Expect: nothing",
          "X-\u00ff: \u00ff");

  private final List<String> routes;
  private final BodyDice bodies;
  private final List<String> tokens;

  /**
   * @param routes each a method and a path, in which ids are names in braces
   * @param tokens the tokens of the users who send the requests
   */
  RequestDice(List<String> routes, BodyDice bodies, List<String> tokens) {
    this.routes = routes;
    this.bodies = bodies;
    this.tokens = tokens;
  }

  /** A request, and the bytes to send. */
  @SuppressWarnings("ArrayRecordComponent") // requests are not compared
  record Rolled(String line, byte[] bytes) {}

  Rolled roll(Random dice) {
    String[] route = routes.get(dice.nextInt(routes.size())).split(" ");
    String method = dice.nextInt(12) == 0 ? one(METHODS, dice) : route[0];
    String line = method + " " + path(route[1], dice) + query(dice) + " HTTP/1.1";
    byte[] body = method.equals("GET") && dice.nextInt(4) > 0 ? new byte[0] : bodies.roll(dice);
    StringBuilder head = new StringBuilder(line).append("\r\nHost: 127.0.0.1\r\n");
    head.append("Connection: close\r\nContent-Length: ").append(body.length).append("\r\n");
    authorization(head, dice);
    for (int i = dice.nextInt(3); i > 0; i--) {
      head.append(one(HEADERS, dice)).append("\r\n");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
    bytes.writeBytes(body);
    return new Rolled(line, bytes.toByteArray());
  }

  private static String path(String template, Random dice) {
    String path = template;
    while (path.contains("{")) {
      // mostly ids that exist
      String id = dice.nextInt(3) > 0 ? IDS.get(dice.nextInt(4)) : one(IDS, dice);
      path = path.substring(0, path.indexOf('{')) + id + path.substring(path.indexOf('}') + 1);
    }
    return path;
  }

  private static String query(Random dice) {
    StringBuilder query = new StringBuilder();
    for (int i = dice.nextInt(6) - 3; i > 0; i--) {
      String value =
          dice.nextInt(5) == 0
              ? URLEncoder.encode(shortened(HostileValues.text(dice)), UTF_8)
              : one(VALUES, dice);
      query.append(query.length() == 0 ? '?' : '&').append(one(PARAMETERS, dice));
      query.append('=').append(value);
    }
    return query.toString();
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(500, text.length()));
  }

  private void authorization(StringBuilder head, Random dice) {
    int who = dice.nextInt(20);
    if (who == 0) {
      head.append("Authorization: Basic \u00e4\r\n");
    } else if (who > 1) {
      String token = who == 2 ? "nobody's" : one(tokens, dice);
      head.append("Authorization: Bearer ").append(token).append("\r\n");
    }
  }

  private static String one(List<String> all, Random dice) {
    return all.get(dice.nextInt(all.size()));
  }
}
