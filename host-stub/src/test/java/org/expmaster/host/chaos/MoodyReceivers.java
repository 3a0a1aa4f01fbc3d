package org.expmaster.host.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.WebhookReceiver;
import org.expmaster.host.testing.WebhookReceiver.Answer;
import org.expmaster.host.testing.WebhookReceiver.Received;

/** Receivers of every mood, one path each, which record arrivals and accepted experiments. */
final class MoodyReceivers implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROBE = "probe";
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(15);

  /** Longer than any request may take. */
  private static final Duration NEVER = Duration.ofSeconds(30);

  /** The longest delay of an answer, unless none comes at all. */
  static final Duration LATEST = Duration.ofMillis(2_500);

  private final WebhookReceiver server = WebhookReceiver.start();
  private final List<Receiver> all = new ArrayList<>();
  private final Queue<Probe> probes = new ConcurrentLinkedQueue<>();
  private final Thread prober = new Thread(this::probe, "prober");
  private volatile boolean appeased;

  /** A request of the test's own, which measures how busy the machine is. */
  private record Probe(long sent, long arrived) {}

  /** How a receiver answers. */
  enum Mood {
    TAKES {
      @Override
      Answer answer(Random dice) {
        return Answer.status(200);
      }
    },
    FAILS_LATE {
      @Override
      Answer answer(Random dice) {
        return Answer.status(500).after(Duration.ofMillis(dice.nextLong(LATEST.toMillis())));
      }
    },
    TAKES_LATE {
      @Override
      Answer answer(Random dice) {
        return Answer.status(200).after(Duration.ofMillis(dice.nextLong(LATEST.toMillis())));
      }
    },
    FLAPS {
      @Override
      Answer answer(Random dice) {
        return Answer.status(dice.nextBoolean() ? 200 : 500);
      }
    },
    ASKS_FOR_A_PAUSE {
      @Override
      Answer answer(Random dice) {
        int status = List.of(200, 429, 503).get(dice.nextInt(3));
        return new Answer(status, Map.of("Retry-After", "1"), "", Duration.ZERO);
      }
    },
    HANGS {
      @Override
      Answer answer(Random dice) {
        return dice.nextInt(4) == 0 ? Answer.status(200) : Answer.status(200).after(NEVER);
      }
    },
    SAYS_IT_IS_GONE {
      @Override
      Answer answer(Random dice) {
        return Answer.status(dice.nextInt(4) == 0 ? 410 : 200);
      }
    };

    abstract Answer answer(Random dice);
  }

  static final class Receiver {
    private final Mood mood;
    private final Random dice;
    private final Queue<Long> arrivals = new ConcurrentLinkedQueue<>();
    private final Set<Long> taken = ConcurrentHashMap.newKeySet();

    private Receiver(Mood mood, Random dice) {
      this.mood = mood;
      this.dice = dice;
    }

    Mood mood() {
      return mood;
    }

    /** Returns when requests arrived, in nanoseconds of {@link System#nanoTime}. */
    List<Long> arrivals() {
      return List.copyOf(arrivals);
    }

    /** Returns the experiments whose ends the receiver has accepted. */
    Set<Long> taken() {
      return Set.copyOf(taken);
    }
  }

  MoodyReceivers(int count, Random dice) throws IOException {
    Mood[] moods = Mood.values();
    for (int i = 0; i < count; i++) {
      all.add(new Receiver(moods[i % moods.length], new Random(dice.nextLong())));
    }
    server.answer(this::answer);
    prober.start();
  }

  List<Receiver> all() {
    return all;
  }

  URI url(int number) {
    return server.url("/" + number);
  }

  /** Returns the longest time since then that a request took from its sender to these receivers. */
  Duration lagSince(long nanoTime) {
    return Duration.ofNanos(
        probes.stream()
            .filter(probe -> probe.arrived - nanoTime > 0)
            .mapToLong(probe -> probe.arrived - probe.sent)
            .max()
            .orElse(0));
  }

  private void probe() {
    Api self = Api.of(server.url("/"));
    try {
      while (true) {
        self.post("/" + PROBE, Long.toString(System.nanoTime()));
        TimeUnit.NANOSECONDS.sleep(BETWEEN_PROBES.toNanos());
      }
    } catch (InterruptedException | IllegalStateException | UncheckedIOException closed) {
      // the test is over
    }
  }

  /** Makes all of them accept everything at once from now on. */
  void appease() {
    appeased = true;
  }

  private Answer answer(Received request) {
    long at = System.nanoTime();
    String path = request.path().substring(1);
    if (path.equals(PROBE)) {
      probes.add(new Probe(Long.parseLong(request.text()), at));
      return Answer.status(200);
    }
    Receiver receiver = all.get(Integer.parseInt(path));
    receiver.arrivals.add(at);
    Answer answer = appeased ? Answer.status(200) : receiver.mood.answer(receiver.dice);
    if (answer.status() == 200 && !answer.after().equals(NEVER)) {
      receiver.taken.add(experiment(request));
    }
    return answer;
  }

  private static long experiment(Received request) {
    try {
      return JSON.readTree(request.body()).at("/event_data/experiment/id").asLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    prober.interrupt();
    server.close();
  }
}
