package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.webhook.egress.Host;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "https://receiver.example https://receiver.example",
        "HTTPS://Receiver.Example:8443/A?b=C#d HTTPS://Receiver.Example:8443/A?b=C#d",
        "http://xn--bcher-kva.test/ http://xn--bcher-kva.test/",
        "http://bücher.test/ http://xn--bcher-kva.test/",
        "http://BÜCHER.test:80/x http://xn--bcher-kva.test:80/x",
        "http://my_service:8000/a http://my_service:8000/a",
        "http://[2001:db8::7]:8080/a http://[2001:db8::7]:8080/a",
        "http://a.example/a?x=a|b{c} http://a.example/a?x=a%7Cb%7Bc%7D",
        "http://a.example/%7Eme/%zz/100% http://a.example/%7Eme/%25zz/100%25",
        "http://a.example/%\uff11\uff12 http://a.example/%25%EF%BC%91%EF%BC%92",
        "http://a.example/[x]?[y] http://a.example/%5Bx%5D?[y]",
        "http://a.example/größe http://a.example/gr%C3%B6%C3%9Fe",
        "http://a.example/a\\b http://a.example/a%5Cb",
        "http://a.example?q http://a.example?q",
        "http://a.example/x#a#b http://a.example/x#a%23b",
        "http://\u2460\u2461.\u2462.4.5/ http://12.3.4.5/",
        "http://a.example:/x http://a.example:/x",
      })
  void whatPeopleWriteIsTaken(String written, String taken) {
    assertEquals(taken, url(written));
  }

  @Test
  void anAccentOfItsOwnStaysOne() {
    assertEquals("http://a.example/e%CC%81", url("http://a.example/e\u0301"));
  }

  @ParameterizedTest
  @CsvSource({"' %s'", "'%s\n'", "'\r\n\t%s \u00a0\u2028'", "'\u3000%s\u2003'", "'\ufeff%s\u200b'"})
  void whatStandsAroundItIsDropped(String around) {
    assertEquals("http://a.example/x%20y", url(around.formatted("http://a.example/x y")));
  }

  @Test
  void blanksWithinItCostNoMoreThanTheirNumber() {
    String blanks = " ".repeat(2 << 20);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertTrue(refused("http://a" + blanks + "b").length() < 100));
    assertEquals("http://a.example/", url(blanks + "http://a.example/" + blanks));
  }

  @Test
  void whatIsTakenIsNoLongerThanItMayBe() {
    String refused = refused("http://a.example/" + "\u4e2d".repeat(1_000));
    assertEquals("url has 9017 characters, and may have 8000", refused);
  }

  @Test
  void whateverIsWrittenIsTakenOrRefusedInWords() {
    Random random = new Random(29);
    String letters = "http://a.example:80/%#?@[]\\|{}<>\"^`\u00df\u4e2d\ud83d\ude00 \u200b_-.0\n";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text =
          new StringBuilder(random.nextBoolean() ? "https://a.example/" : "http://");
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      try {
        String taken = url(text.toString());
        assertEquals(taken, url(taken), "and stays as it is");
        assertFalse(taken.substring(8).split("[/?#]", 2)[0].contains("@"), taken);
      } catch (ApiException refused) {
        assertEquals(ApiException.Reason.INVALID_ARGUMENT, refused.reason());
        assertNull(refused.getCause());
      }
    }
  }

  @Test
  void aTokenOfThousandsOfCharactersIsTakenAndMoreIsNot() {
    String longest = "https://a.example/?t=" + "x".repeat(WrittenUrl.MAX_LENGTH - 21);
    assertEquals(longest, url(longest));
    assertEquals("url has 8001 characters, and may have 8000", refused(longest + "x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ftp://a.example/s3cret | url must be absolute, and begin with http:// or https://",
        "/s3cret | url must be absolute, and begin with http:// or https://",
        "http:///s3cret | url must name a host, and a port, if any, from 1 to 65535",
        "http://a.example:0/s3cret | url must name a host, and a port, if any, from 1 to 65535",
        "http://a.example:65536/s3cret | url must name a host, and a port, if any, from 1 to 65535",
        "http://a.example:port/s3cret | url must name a host, and a port, if any, from 1 to 65535",
        "http://me@s3cret@a.example/ | url must have characters such as @ and \\ percent-encoded in"
            + " its user name and password",
        "http://@a.example/s3cret | url has an @ without a user name; remove it",
        "http://me%3As3cret@a.example/ | url has a user name with a colon, which Basic"
            + " authentication cannot express",
        "http://me:s3cret%0D%0A@a.example/ | url has a user name or password with a control"
            + " character, which Basic authentication cannot express",
        "http://me:s3cret%FF@a.example/ | url must have a user name and password whose"
            + " percent-encoded bytes are UTF-8",
        "http://me:s3cret%@a.example/ | url must have a percent sign in its user name and"
            + " password written as %25",
        "http://a.example/s3cret\u0007x | url must not hold a line end or another control character",
        "https://my_service/s3cret | url must have a host without an underscore where it begins with"
            + " https://: Java accepts no certificate for such a name",
        "http://stra\u00dfe.example/s3cret | url's host holds a letter that not all programs read"
            + " alike; write the host as it is registered, beginning with xn--",
        "http://127.1/s3cret | url must have a host that is " + Host.FORM,
        "http://a%2eexample/s3cret | url must have a host that is " + Host.FORM,
        "http://[fe80::1%25eth0]/s3cret | url must have a host that is " + Host.FORM,
        "http://a.example\\b/s3cret | url must have a host that is " + Host.FORM,
        "http://a.example\\@b.example/s3cret | url must have characters such as @ and \\"
            + " percent-encoded in its user name and password",
      })
  void whatIsNoUrlIsRefusedInWordsThatDoNotRepeatIt(String written, String words) {
    String refused = refused(written);
    assertEquals(words, refused);
    assertFalse(refused.contains("s3cret"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://me:s3cret@a.example/x, me:s3cret",
    "https://me@a.example/x, me:",
    "http://:s3cret@a.example/x, :s3cret",
    "http://me:a:b@a.example/x, me:a:b",
    "http://me%40home:s%3F%C3%A9@a.example/x, me@home:s?é",
    "http://mé:s@a.example:80/x, mé:s"
  })
  void credentialsBecomeAHeaderAndLeaveTheUrl(String written, String pair) {
    WrittenUrl read = WrittenUrl.read(written);
    assertEquals("/x", read.url().getPath());
    assertNull(read.url().getUserInfo());
    assertEquals(
        Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8))),
        read.authorization());
    assertEquals(Optional.empty(), WrittenUrl.read("http://a.example/@x").authorization());
  }

  private static String url(String written) {
    return WrittenUrl.read(written).url().toString();
  }

  private static String refused(String written) {
    return assertThrows(ApiException.class, () -> WrittenUrl.read(written)).getMessage();
  }
}
