package org.expmaster.host.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.expmaster.host.testing.WebhookReceiver;
import org.expmaster.host.testing.WebhookReceiver.Answer;
import org.expmaster.host.testing.WebhookReceiver.Received;

/** Receivers that accept, refuse, send garbage or do not exist, each at a URL with a secret. */
final class SecretReceivers implements AutoCloseable {
  private static final String PATH = "verysecretpath";
  private static final String TOKEN = "verysecrettoken";
  private static final String ANSWER = "what-the-receiver-thinks";
  private static final String SECRET = "/" + PATH + "?token=" + TOKEN;

  static final String API_KEY = "verysecretheader";

  /** The secrets in their URLs, headers and answers. */
  static final List<String> SECRETS =
      List.of(
          PATH,
          TOKEN,
          ANSWER,
          API_KEY,
          Base64.getEncoder().encodeToString(("me:" + TOKEN).getBytes(US_ASCII)));

  /** Invalid URLs with the same secrets. */
  static final List<String> WRONG =
      List.of(
          "ftp://a.example" + SECRET,
          "http://me@" + TOKEN + "@a.example" + SECRET,
          "http://a.example:99999" + SECRET);

  private final WebhookReceiver receiver;
  private final ServerSocket babbler = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int nobody;

  private SecretReceivers(WebhookReceiver receiver) throws IOException {
    this.receiver = receiver;
    try (ServerSocket unused = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      nobody = unused.getLocalPort();
    }
    receiver.answer(SecretReceivers::answer);
    Thread thread = new Thread(this::babble, "babbler");
    thread.setDaemon(true);
    thread.start();
  }

  static SecretReceivers start() throws IOException {
    return new SecretReceivers(WebhookReceiver.start());
  }

  private static Answer answer(Received request) {
    String first = request.path().split("/")[1];
    int status = Map.of("fails", 500, "moved", 308).getOrDefault(first, 200);
    Map<String, String> headers = Map.of("Location", "https://a.example" + SECRET, "X-A", ANSWER);
    return new Answer(status, headers, ANSWER, Duration.ZERO);
  }

  /** Answers with something that is not HTTP. */
  private void babble() {
    try {
      while (true) {
        try (Socket socket = babbler.accept()) {
          int read = socket.getInputStream().read(new byte[100_000]);
          String answer = read < 0 ? "" : ANSWER + "\r\n\r\n";
          socket.getOutputStream().write(answer.getBytes(US_ASCII));
        }
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  String slack() {
    return receiver.url("/services/T000/B000" + SECRET).toString();
  }

  List<String> others() {
    return List.of(
        receiver.url("/takes" + SECRET).toString().replace("//", "//me:" + TOKEN + "@"),
        receiver.url("/fails" + SECRET).toString(),
        receiver.url("/moved" + SECRET).toString(),
        "http://127.0.0.1:" + babbler.getLocalPort() + SECRET,
        "http://127.0.0.1:" + nobody + SECRET);
  }

  List<String> bodies() {
    return receiver.received().stream().map(Received::text).toList();
  }

  /** Returns all signatures received, of both kinds. */
  Set<String> signatures() {
    return receiver.received().stream().flatMap(SecretReceivers::signatures).collect(toSet());
  }

  private static Stream<String> signatures(Received request) {
    return Stream.concat(
        Stream.of(request.header("X-Determined-AI-Signature")),
        Stream.of(request.header("webhook-signature").split(" ")).map(each -> each.split(",")[1]));
  }

  @Override
  public void close() throws IOException {
    receiver.close();
    babbler.close();
  }
}
