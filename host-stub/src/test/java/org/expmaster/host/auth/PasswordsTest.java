package org.expmaster.host.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PasswordsTest {
  private final Passwords passwords = new Passwords(10);

  @Test
  void whatAClientSendsHashedIsWhatItSendsPlain() {
    String hashed = Digests.sha512("GubPEmmotfiK9TMD6Zdw" + "secret");
    assertEquals(WirePassword.of(hashed, true), WirePassword.of("secret", false));
    assertEquals(hashed, WirePassword.of(hashed, true).text());
    assertEquals("", WirePassword.of("", false).text());
  }

  @Test
  void onlyTheSamePasswordMatchesAndEveryHashHasASaltOfItsOwn() {
    WirePassword secret = WirePassword.ofPlain("secret");
    String hash = passwords.hash(secret);
    assertTrue(passwords.matches(secret, hash));
    assertFalse(passwords.matches(WirePassword.ofPlain("Secret"), hash));
    assertFalse(passwords.matches(new WirePassword(""), hash));
    assertNotEquals(hash, passwords.hash(secret));
  }

  @Test
  void aHashKeepsItsIterationsWhenTheStandardChanges() {
    WirePassword secret = WirePassword.ofPlain("secret");
    assertTrue(new Passwords(20).matches(secret, passwords.hash(secret)));
  }

  @Test
  void nothingThatIsPrintedHoldsAPassword() {
    assertEquals("WirePassword[…]", new WirePassword("secret").toString());
  }
}
