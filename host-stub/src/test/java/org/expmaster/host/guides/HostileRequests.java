package org.expmaster.host.guides;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.expmaster.host.guides.RotatedMaster.Request;
import org.expmaster.host.testing.RawHttp;
import org.expmaster.host.testing.Signatures;

/** Requests to a receiver from somebody without a key who has captured one delivery. */
final class HostileRequests {
  private static final String TIMESTAMP = "X-Determined-AI-Signature-Timestamp";
  private static final String SIGNATURE = "X-Determined-AI-Signature";

  private HostileRequests() {}

  /** Returns deliveries whose documented signature matches, but whose timestamp is no number. */
  static List<Request> timestamps(String key, Request genuine) {
    List<Request> requests = new ArrayList<>(List.of(moved(genuine)));
    for (String odd : List.of("abc", "", "1e9", " 1")) {
      requests.add(signed(key, odd, genuine));
    }
    return requests;
  }

  /** Returns deliveries whose timestamp is signed, recent and a number, but not plain digits. */
  static List<Request> spellings(String key, Request genuine) {
    String now = genuine.headers().get(TIMESTAMP);
    return Stream.of(now + "e0", now + ".0", "+" + now, "000000" + now)
        .map(odd -> signed(key, odd, genuine))
        .toList();
  }

  private static Request signed(String key, String odd, Request genuine) {
    return at(odd, Signatures.sign(key, odd, genuine.body().getBytes(UTF_8)), genuine);
  }

  /** Moves what is before the body's first comma into the timestamp. */
  private static Request moved(Request genuine) {
    int comma = genuine.body().indexOf(',');
    String timestamp = genuine.headers().get(TIMESTAMP) + "," + genuine.body().substring(0, comma);
    return at(timestamp, genuine.headers().get(SIGNATURE), genuine)
        .withBody(genuine.body().substring(comma + 1));
  }

  private static Request at(String timestamp, String signature, Request genuine) {
    return with(
        genuine,
        Map.of(TIMESTAMP, timestamp, SIGNATURE, signature, "webhook-timestamp", timestamp));
  }

  private static Request with(Request genuine, Map<String, String> others) {
    Map<String, String> headers = new LinkedHashMap<>(genuine.headers());
    headers.putAll(others);
    return new Request(headers, genuine.body());
  }

  /** Returns what is malformed in other ways, as the bytes of a request: Latin-1. */
  static List<String> malformed(Request genuine) {
    List<String> texts = new ArrayList<>();
    for (Map<String, String> odd :
        List.of(
            Map.of(TIMESTAMP, "\u00d9\u00a1", "webhook-timestamp", "\u00d9\u00a1"),
            Map.of(SIGNATURE, "\u00e9", "webhook-signature", "v1,\u00e9"),
            Map.of("webhook-signature", "v1"),
            Map.of("webhook-signature", "v1,a,b,c"),
            Map.of("webhook-signature", "garbage"))) {
      texts.add(text(with(genuine, odd).withBody("{}")));
    }
    texts.add(text(genuine.withBody("\u00ff\u00fe")));
    texts.add(text(new Request(Map.of(), "{}")));
    String head = "POST /hook HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
    texts.add(head + "\r\n");
    texts.add(head + "Content-Length: 0\r\n\r\n");
    texts.add(head + "Content-Length: -1\r\n\r\n");
    texts.add(head + "Content-Length: abc\r\n\r\n");
    texts.add(head + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n");
    return texts;
  }

  /** Returns a request as text, each character a byte. */
  static String text(Request request) {
    StringBuilder text =
        new StringBuilder("POST /hook HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
    request.headers().forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    return text.append("Content-Length: " + request.body().length() + "\r\n\r\n" + request.body())
        .toString();
  }

  /** Sends a request, and returns the status of the answer; 0 if the connection is closed. */
  static int send(URI receiver, String text) throws IOException {
    try (RawHttp raw = RawHttp.connect(receiver.getPort())) {
      raw.send(text);
      String answer = raw.readLine();
      return answer.isEmpty() ? 0 : Integer.parseInt(answer.split(" ", 3)[1]);
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException reset) {
      return 0;
    }
  }

  /** Begins a request whose body does not go on. */
  static RawHttp stall(URI receiver, Request genuine) throws IOException {
    RawHttp raw = RawHttp.connect(receiver.getPort());
    String whole = text(genuine.withBody(genuine.body() + " ".repeat(5_000)));
    raw.send(whole.substring(0, whole.indexOf("\r\n\r\n") + 7));
    return raw;
  }
}
