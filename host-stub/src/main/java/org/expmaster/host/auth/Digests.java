package org.expmaster.host.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes digests as hexadecimal text. */
final class Digests {
  private Digests() {}

  static String sha256(String text) {
    return hex("SHA-256", text);
  }

  static String sha512(String text) {
    return hex("SHA-512", text);
  }

  private static String hex(String algorithm, String text) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + algorithm, e);
    }
  }
}
