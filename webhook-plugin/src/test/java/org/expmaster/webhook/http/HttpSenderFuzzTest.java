package org.expmaster.webhook.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.expmaster.webhook.http.Attempts.assertAnswered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Collectors;
import org.expmaster.webhook.testing.RawServer;
import org.junit.jupiter.api.Test;

/** Random responses from a seed: each attempt ends once, and the sender works afterwards. */
final class HttpSenderFuzzTest {
  private static final long SEED = Long.getLong("chaos.seed", 1);
  private static final int ROUNDS = 80;
  private static final int AT_ONCE = 25;

  private static final List<String> GRAINS =
      List.of(
          "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
          "HTTP/1.1 503 No\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nok\r\n0\r\nA: b\r\n\r\n",
          "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 204 No\r\n\r\n",
          "HTTP/1.0 301 Moved\r\nLocation: /\r\n\r\nelsewhere",
          "HTTP/1.1 101 Switching\r\nUpgrade: TLS/1.2\r\nConnection: Upgrade\r\n\r\n",
          "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\td\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
          "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\n\r\n",
          "HTTP/2.0 200 OK\r\nConnection: keep-alive\r\nKeep-Alive: timeout=0\r\n\r\n",
          "\r\n\r\nHTTP/1.1 200\r\nSet-Cookie: a=b\r\nContent-Encoding: gzip\r\n\r\n\u001f\u008b");

  private final Random dice = new Random(SEED);

  @Test
  void everyAttemptEndsOnceWhateverComesBack() throws Exception {
    List<byte[]> answers = new ArrayList<>();
    for (int i = 0; i < ROUNDS * AT_ONCE; i++) {
      answers.add(answer());
    }
    try (RawServer hostile =
            RawServer.on(
                conversation -> {
                  while (conversation.readRequest()) {
                    String path = conversation.lastRequest().split(" ")[1];
                    byte[] answer = answers.get(Integer.parseInt(path.substring(1)));
                    conversation.write(answer);
                    if (answer.length % 3 == 0) {
                      conversation.end();
                    } else if (answer.length % 3 == 1) {
                      conversation.reset();
                    }
                  }
                });
        RawServer good = RawServer.answering(Attempts.OK);
        Attempts attempts = Attempts.onLoopback(Duration.ofMillis(100))) {
      assertWorks(attempts, good); // its threads start one after another
      Set<Thread> before = threads();
      for (int round = 0; round < ROUNDS; round++) {
        List<BlockingQueue<Outcome>> begun = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          begun.add(attempts.begin(hostile.url("/" + (round * AT_ONCE + i)).toString()));
        }
        for (BlockingQueue<Outcome> outcome : begun) {
          Attempts.next(outcome);
        }
      }
      assertEquals(before, threads(), () -> "a thread has died; seed " + SEED);
      assertTrue(attempts.problem().isEmpty(), () -> attempts.problem() + "; seed " + SEED);
      assertWorks(attempts, good);
    }
  }

  private static void assertWorks(Attempts attempts, RawServer good) throws Exception {
    Outcome outcome = attempts.send(good.url("/"));
    for (int i = 0; i < 20 && !outcome.succeeded(); i++) {
      outcome = attempts.send(good.url("/")); // 100 ms may not suffice on a busy machine
    }
    assertAnswered(200, outcome);
  }

  private byte[] answer() {
    byte[] bytes = GRAINS.get(dice.nextInt(GRAINS.size())).getBytes(ISO_8859_1);
    for (int changes = dice.nextInt(4); changes > 0; changes--) {
      bytes = change(bytes);
    }
    return bytes;
  }

  /** Truncates, repeats or flips bytes, or inserts other bytes. */
  private byte[] change(byte[] bytes) {
    int at = dice.nextInt(bytes.length + 1);
    byte[] other = GRAINS.get(dice.nextInt(GRAINS.size())).getBytes(ISO_8859_1);
    return switch (dice.nextInt(5)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> spliced(bytes, at, bytes);
      case 2 -> spliced(bytes, at, Arrays.copyOf(other, dice.nextInt(other.length)));
      case 3 -> {
        byte[] noise = new byte[dice.nextInt(64)];
        dice.nextBytes(noise);
        yield spliced(bytes, at, noise);
      }
      default -> {
        byte[] flipped = bytes.clone();
        if (at < flipped.length) {
          flipped[at] = (byte) dice.nextInt(256);
        }
        yield flipped;
      }
    };
  }

  private static byte[] spliced(byte[] bytes, int at, byte[] into) {
    byte[] spliced = Arrays.copyOf(bytes, bytes.length + into.length);
    System.arraycopy(into, 0, spliced, at, into.length);
    System.arraycopy(bytes, at, spliced, at + into.length, bytes.length - at);
    return spliced;
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("webhooks-http"))
        .collect(Collectors.toSet());
  }
}
