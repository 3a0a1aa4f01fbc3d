package org.expmaster.host.auth;

/**
 * A password in the form in which Determined's clients send it: hashed, so that a log of requests
 * does not reveal a password its owner may use elsewhere. To the master, the hash is the password.
 */
record WirePassword(String text) {
  private static final String SALT = "GubPEmmotfiK9TMD6Zdw";

  /** Hashes a typed password. An empty password stays empty, as in the clients. */
  static WirePassword ofPlain(String plain) {
    return new WirePassword(plain.isEmpty() ? "" : Digests.sha512(SALT + plain));
  }

  static WirePassword of(String password, boolean isHashed) {
    return isHashed ? new WirePassword(password) : ofPlain(password);
  }

  @Override
  public String toString() {
    return "WirePassword[…]";
  }
}
