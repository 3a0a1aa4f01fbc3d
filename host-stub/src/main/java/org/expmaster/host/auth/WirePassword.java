package org.expmaster.host.auth;

/**
 * A password in the form Determined's clients send it: hashed, so that a log of requests on the way
 * does not hold what its owner types elsewhere too. For the master it is the password.
 */
record WirePassword(String text) {
  private static final String SALT = "GubPEmmotfiK9TMD6Zdw";

  /** What someone typed. An empty password stays empty, as the clients have it. */
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
