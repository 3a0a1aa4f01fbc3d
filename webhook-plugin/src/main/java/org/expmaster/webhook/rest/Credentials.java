package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.HexFormat;
import org.expmaster.plugin.http.ApiException;

/** The credentials in a URL. No error repeats them. */
final class Credentials {
  private Credentials() {}

  /**
   * Returns the value of the {@code Authorization} header that credentials stand for.
   *
   * @param written a user name and, after a colon, a password, both percent-encoded or not
   * @throws ApiException InvalidArgument, if programs do not agree on what it means
   */
  static String basic(String written) {
    // where programs disagree on which part is the host, a URL leads to one that nobody checked
    if (written.chars().anyMatch(c -> c <= ' ' || "@\\\"<>^`{|}".indexOf(c) >= 0)) {
      throw ApiException.invalid(
          "url must have characters such as @ and \\ percent-encoded in its user name and password");
    }
    int colon = written.indexOf(':');
    String user = decoded(colon < 0 ? written : written.substring(0, colon));
    String password = colon < 0 ? "" : decoded(written.substring(colon + 1));
    if (user.contains(":")) {
      throw ApiException.invalid(
          "url has a user name with a colon, which Basic authentication cannot express");
    }
    if ((user + password).chars().anyMatch(Character::isISOControl)) {
      throw ApiException.invalid(
          "url has a user name or password with a control character, which Basic authentication"
              + " cannot express");
    }
    if (user.isEmpty() && password.isEmpty()) {
      throw ApiException.invalid("url has an @ without a user name; remove it");
    }
    byte[] pair = (user + ":" + password).getBytes(UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static String decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] written = text.getBytes(UTF_8);
    for (int i = 0; i < written.length; i++) {
      if (written[i] != '%') {
        bytes.write(written[i]);
        continue;
      }
      if (i + 2 >= written.length
          || !HexFormat.isHexDigit(written[i + 1])
          || !HexFormat.isHexDigit(written[i + 2])) {
        throw ApiException.invalid(
            "url must have a percent sign in its user name and password written as %25");
      }
      bytes.write(HexFormat.fromHexDigits(new String(written, i + 1, 2, ISO_8859_1)));
      i += 2;
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException notText) {
      throw ApiException.invalid(
          "url must have a user name and password whose percent-encoded bytes are UTF-8");
    }
  }
}
