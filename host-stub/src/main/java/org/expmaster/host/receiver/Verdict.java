package org.expmaster.host.receiver;

/**
 * What a receiver makes of one signature.
 *
 * @param words says which key verified it, or why none did
 */
record Verdict(boolean verified, String words) {
  static Verdict by(int key) {
    return new Verdict(true, "verified with key " + key);
  }

  static Verdict not(String why) {
    return new Verdict(false, "NOT verified: " + why);
  }
}
