package org.expmaster.webhook.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import org.expmaster.plugin.model.ExperimentState;

/**
 * The ids of state changes: UUIDs of version 8, the beginning of a SHA-256. The versions that are
 * meant for names, 3 and 5, need MD5 or SHA-1, which a Java restricted to approved algorithms may
 * lack.
 */
final class ChangeId {
  private static final long VERSION = 0x8000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private ChangeId() {}

  /** Uses milliseconds only, which every database of a master can store. */
  static UUID of(long experimentId, ExperimentState state, Instant at) {
    String name = "experiment " + experimentId + " " + state + " " + at.toEpochMilli();
    ByteBuffer hash = ByteBuffer.wrap(sha256().digest(name.getBytes(StandardCharsets.UTF_8)));
    return new UUID(hash.getLong() & ~0xf000L | VERSION, hash.getLong() & ~(3L << 62) | VARIANT);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
