package org.expmaster.host.receiver;

/**
 * What a receiver makes of a header with signatures.
 *
 * @param words says which key verified it, or why none did
 */
record Verdict(boolean verified, String words) {
  /** Says which key made which of so many signatures, counted from 1. */
  static Verdict by(int key, int signature, int of) {
    String which = of == 1 ? "" : " (signature " + signature + " of " + of + ")";
    return new Verdict(true, "verified with key " + key + which);
  }

  static Verdict not(String why) {
    return new Verdict(false, "NOT verified: " + why);
  }
}
