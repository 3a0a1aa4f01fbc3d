package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;

/** Masters that share a database, with one admin's login to all of them. */
final class Fleet implements AutoCloseable {
  private final List<Member> members = new ArrayList<>();
  private final List<Outage> kills = new ArrayList<>();
  private final String token;

  private Fleet(int size, Path directory, Map<String, Object> config) throws IOException {
    for (int i = 1; i <= size; i++) {
      members.add(new Member(directory.resolve("master" + i), config));
    }
    try {
      for (Member member : members) {
        member.launch();
      }
      members.forEach(Member::awaitUp);
      token = members.get(0).api().orElseThrow().login("admin", MasterProcess.PASSWORD).token();
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /**
   * Starts all masters at once.
   *
   * @param webhooks the settings under {@code webhooks}, added to those that suit a test
   */
  static Fleet start(int size, Path directory, ChaosDatabase database, Map<String, Object> webhooks)
      throws IOException {
    Map<String, Object> section = new HashMap<>();
    section.put("lease", "4s");
    section.put("request_timeout", "2s");
    section.put("poll_interval", "200ms");
    section.putAll(webhooks);
    return new Fleet(
        size, directory, Map.of("db", Map.of("url", database.url()), "webhooks", section));
  }

  int size() {
    return members.size();
  }

  List<Member> members() {
    return members;
  }

  Member member(int number) {
    return members.get(number);
  }

  /** Returns the admin's client of this master, which must be up. */
  Api admin(int number) {
    return members.get(number).api().orElseThrow().withToken(token);
  }

  /** Returns the admin's client of any master that is up, if there is one. */
  Optional<Api> anyone() {
    int first = ThreadLocalRandom.current().nextInt(members.size());
    for (int i = 0; i < members.size(); i++) {
      Optional<Api> api = members.get((first + i) % members.size()).api();
      if (api.isPresent()) {
        return api.map(nobody -> nobody.withToken(token));
      }
    }
    return Optional.empty();
  }

  /** kill -9. */
  void kill(Member member) {
    Instant from = Instant.now();
    member.kill();
    kills.add(new Outage(from, Instant.now()));
  }

  /** Restarts a master, which begins the experiments whose creation was never acknowledged. */
  void restartForWhatWasMadeWithoutAnAnswer() throws IOException {
    Member member = member(0);
    assertEquals(0, member.terminate(), member.process().stderr());
    member.launch();
    member.awaitUp();
  }

  List<Outage> kills() {
    return kills;
  }

  @Override
  public void close() {
    for (Member member : members) {
      if (member.process() != null) {
        member.process().close();
      }
    }
  }
}
