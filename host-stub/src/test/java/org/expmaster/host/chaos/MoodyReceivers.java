package org.expmaster.host.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.expmaster.host.testing.WebhookReceiver;
import org.expmaster.host.testing.WebhookReceiver.Answer;
import org.expmaster.host.testing.WebhookReceiver.Received;

/** Receivers of every mood, one path each, which record arrivals and accepted experiments. */
final class MoodyReceivers implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Longer than any request may take. */
  private static final Duration NEVER = Duration.ofSeconds(30);

  /** The longest delay of an answer, unless none comes at all. */
  static final Duration LATEST = Duration.ofMillis(2_500);

  private final WebhookReceiver server = WebhookReceiver.start();
  private final List<Receiver> all = new ArrayList<>();
  private volatile boolean appeased;

  /**
   * A request that arrived.
   *
   * @param signed when the master signed it, to the second; it may arrive much later on a busy
   *     machine
   */
  record Arrival(Instant signed, Instant at) {}

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
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final Set<Long> taken = ConcurrentHashMap.newKeySet();

    private Receiver(Mood mood, Random dice) {
      this.mood = mood;
      this.dice = dice;
    }

    Mood mood() {
      return mood;
    }

    List<Arrival> arrivals() {
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
  }

  List<Receiver> all() {
    return all;
  }

  URI url(int number) {
    return server.url("/" + number);
  }

  /** Makes all of them accept everything at once from now on. */
  void appease() {
    appeased = true;
  }

  private Answer answer(Received request) {
    Receiver receiver = all.get(Integer.parseInt(request.path().substring(1)));
    long signed = Long.parseLong(request.header("X-Determined-AI-Signature-Timestamp"));
    receiver.arrivals.add(new Arrival(Instant.ofEpochSecond(signed), request.at()));
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
    server.close();
  }
}
