package org.expmaster.webhook.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.ObjectMapper;

/** Runs the verification programs that are published for receivers, as a receiver would. */
@Tag("any-jdk")
class VerifySnippetsTest {
  private static final String VERIFIED = "verified";
  private static final String NO_MATCH = "NOT verified: the signature does not match";
  private static final String TOO_OLD = "NOT verified: the timestamp is more than 300 s from now";

  /** Longer than a SHA-256 block and not ASCII: implementations go wrong with both. */
  private static final String KEY = "schlüssel-鍵".repeat(7);

  private static final byte[] BODY = "{\"id\":1}".getBytes(UTF_8);
  private static final Map<VerifyProgram, List<String>> BUILT = new EnumMap<>(VerifyProgram.class);
  @TempDir static Path builds;
  @TempDir Path scratch;

  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest(name = "{0}")
  @EnumSource
  private @interface EachProgram {}

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("programsByVectors")
  void agreesOn(VerifyProgram program, Vector vector) throws Exception {
    byte[] body = vector.body.getBytes(UTF_8);
    String said = verify(program, vector.key, vector.timestamp, body, vector.signature, "0");
    assertEquals(VERIFIED, said, vector.note);
  }

  @EachProgram
  void takesAnyBytesForABody(VerifyProgram program) throws Exception {
    byte[] body = new byte[70_000];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (i * 31 + i / 256);
    }
    body[body.length - 1] = '\n';
    String now = secondsAgo(0);
    assertEquals(VERIFIED, verify(program, KEY, now, body, sign(KEY, now, body)));
  }

  @EachProgram
  void refusesATamperedBody(VerifyProgram program) throws Exception {
    String now = secondsAgo(0);
    String signature = sign(KEY, now, BODY);
    assertEquals(VERIFIED, verify(program, KEY, now, BODY, signature));
    for (String body : List.of("{\"id\":2}", "{\"id\":1}\n", " {\"id\":1}", "")) {
      assertEquals(NO_MATCH, verify(program, KEY, now, body.getBytes(UTF_8), signature), body);
    }
  }

  @EachProgram
  void refusesAnotherKey(VerifyProgram program) throws Exception {
    String now = secondsAgo(0);
    assertEquals(NO_MATCH, verify(program, KEY + "x", now, BODY, sign(KEY, now, BODY)));
  }

  @EachProgram
  void acceptsWhatAnyOfItsKeysSigned(VerifyProgram program) throws Exception {
    String now = secondsAgo(0);
    for (String keys : List.of("other " + KEY, KEY + " other", "a " + KEY + "\nb")) {
      assertEquals(VERIFIED, verify(program, keys, now, BODY, sign(KEY, now, BODY)), keys);
      assertEquals(NO_MATCH, verify(program, keys, now, BODY, sign(KEY + "x", now, BODY)), keys);
    }
  }

  @EachProgram
  void refusesAnOldBodyUnderANewTimestamp(VerifyProgram program) throws Exception {
    String signature = sign(KEY, secondsAgo(900), BODY);
    assertEquals(NO_MATCH, verify(program, KEY, secondsAgo(0), BODY, signature));
  }

  @EachProgram
  void refusesATimestampThatIsNoNumberThoughItIsSigned(VerifyProgram program) throws Exception {
    String now = secondsAgo(0);
    for (String odd :
        List.of("abc", "", "1e9", " 1", "+" + now, now + ".0", "é", "١", now + "\n")) {
      String signature = sign(KEY, odd, BODY);
      assertEquals(NO_MATCH, verify(program, KEY, odd, BODY, signature, "0"), odd);
    }
  }

  @EachProgram
  void refusesABoundaryThatWasMovedIntoTheBody(VerifyProgram program) throws Exception {
    String now = secondsAgo(0);
    String signature = sign(KEY, now, "{\"a\":1,\"b\":2}".getBytes(UTF_8));
    byte[] rest = "\"b\":2}".getBytes(UTF_8);
    for (String maxAge : List.of("0", "300")) {
      String said = verify(program, KEY, now + ",{\"a\":1", rest, signature, maxAge);
      assertEquals(NO_MATCH, said);
    }
  }

  @EachProgram
  void refusesWhatIsNoSignature(VerifyProgram program) throws Exception {
    String now = secondsAgo(0);
    String signature = sign(KEY, now, BODY);
    for (String other : List.of("", "0", signature.substring(1), signature + "0", "é")) {
      assertEquals(NO_MATCH, verify(program, KEY, now, BODY, other), other);
    }
  }

  @EachProgram
  void refusesATimestampFarFromNowUnlessToldOtherwise(VerifyProgram program) throws Exception {
    for (int age : List.of(310, -310)) {
      String timestamp = secondsAgo(age);
      String signature = sign(KEY, timestamp, BODY);
      assertEquals(TOO_OLD, verify(program, KEY, timestamp, BODY, signature));
      assertEquals(VERIFIED, verify(program, KEY, timestamp, BODY, signature, "3600"));
      assertEquals(VERIFIED, verify(program, KEY, timestamp, BODY, signature, "0"));
    }
  }

  @EachProgram
  void runsAsItsHeaderSays(VerifyProgram program) throws Exception {
    String now = secondsAgo(0);
    command(program);
    Outcome outcome = run(program.documented(), "k", BODY, now, sign("k", now, BODY));
    assertEquals(new Outcome(0, VERIFIED), outcome);
  }

  @EachProgram
  void saysHowToUseItWhereSomethingIsMissing(VerifyProgram program) throws Exception {
    for (Outcome outcome :
        List.of(
            run(command(program), "k", BODY, "1"),
            run(command(program), "k", BODY, "1", "signature", "soon"),
            run(command(program), "k", BODY, "1", "signature", "0", "more"),
            run(command(program), "", BODY, "1", "signature"))) {
      assertEquals(2, outcome.status);
      assertTrue(outcome.output.startsWith("usage: WEBHOOK_KEYS=\"KEY ...\" "), outcome.output);
    }
  }

  @EachProgram
  void isShownInTheGuide(VerifyProgram program) throws IOException {
    String guide = Files.readString(VerifyProgram.root().resolve("docs/guides/verify.md"));
    String heart = program.heart();
    assertTrue(guide.contains(heart), () -> "verify.md does not show this:\n" + heart);
  }

  record Vector(
      String name, String key, String timestamp, String body, String signature, String note) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> programsByVectors() throws IOException {
    List<Vector> all;
    try (InputStream vectors =
        VerifySnippetsTest.class.getResourceAsStream("/contract/signature-vectors.json")) {
      all = List.of(new ObjectMapper().readValue(vectors, Vector[].class));
    }
    return Stream.of(VerifyProgram.values())
        .flatMap(program -> all.stream().map(vector -> arguments(program, vector)));
  }

  private record Outcome(int status, String output) {}

  /** Returns the program's command, built at first use; skips the test if a tool is missing. */
  private static List<String> command(VerifyProgram program) throws Exception {
    List<String> missing = program.missing();
    String why = program + " was not tried: there is no " + String.join(", no ", missing);
    if (!missing.isEmpty() && "true".equals(System.getenv("CI"))) {
      fail(why);
    }
    assumeTrue(missing.isEmpty(), why);
    if (!BUILT.containsKey(program)) {
      BUILT.put(program, program.build(builds));
    }
    return BUILT.get(program);
  }

  /** Returns the program's output, after checking that the exit status agrees with it. */
  private String verify(
      VerifyProgram program,
      String key,
      String timestamp,
      byte[] body,
      String signature,
      String... maxAge)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(timestamp, signature));
    arguments.addAll(List.of(maxAge));
    Outcome outcome = run(command(program), key, body, arguments.toArray(String[]::new));
    assertEquals(outcome.output.equals(VERIFIED) ? 0 : 1, outcome.status, outcome.output);
    return outcome.output;
  }

  private Outcome run(List<String> command, String key, byte[] body, String... arguments)
      throws Exception {
    // a file, since Java passes a child's environment only in the encoding of its own locale
    Path keyFile = Files.writeString(scratch.resolve("key"), key);
    String withKey = "WEBHOOK_KEYS=$(cat \"$0\"); export WEBHOOK_KEYS; exec \"$@\"";
    List<String> line = new ArrayList<>(List.of("sh", "-c", withKey, keyFile.toString()));
    line.addAll(command);
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectInput(Files.write(scratch.resolve("body"), body).toFile());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), output.strip());
  }

  private static String secondsAgo(int seconds) {
    return String.valueOf(Instant.now().getEpochSecond() - seconds);
  }

  private static String sign(String key, String timestamp, byte[] body)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
    mac.update((timestamp + ",").getBytes(UTF_8));
    return HexFormat.of().formatHex(mac.doFinal(body));
  }
}
