package org.expmaster.webhook.signing;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.expmaster.webhook.db.Database;

/**
 * The current signing keys: configured by the operator, or generated, stored and rotated.
 * Thread-safe.
 */
public final class KeyRing {
  private final Optional<SigningKeyStore> store;
  private final Clock clock;
  private volatile Signer signer;

  private KeyRing(Optional<SigningKeyStore> store, Clock clock, Signer signer) {
    this.store = store;
    this.clock = clock;
    this.signer = signer;
  }

  /** Returns the operator's keys, which change only with the configuration. */
  public static KeyRing configured(SigningKeys keys, Clock clock) {
    return new KeyRing(Optional.empty(), clock, new Signer(keys, clock));
  }

  /**
   * Returns generated keys, which are stored in the database.
   *
   * @param overlap how long after a rotation the previous key still signs as well
   */
  public static KeyRing kept(Database database, Clock clock, Duration overlap) {
    SigningKeyStore store = new SigningKeyStore(database, clock, overlap);
    return new KeyRing(Optional.of(store), clock, new Signer(store.keptOrMade(), clock));
  }

  /** Returns a signer with the current keys. */
  public Signer signer() {
    return signer;
  }

  /** Returns whether {@link #rotate} is possible. */
  public boolean canRotate() {
    return store.isPresent();
  }

  /**
   * Generates a new key, which signs from now on.
   *
   * @throws IllegalStateException if the keys are configured
   */
  public void rotate() throws SQLException {
    store.orElseThrow(() -> new IllegalStateException("the key is configured")).rotate();
    refresh();
  }

  /** Applies a rotation by another master, and the end of an overlap. */
  public void refresh() {
    store.ifPresent(
        kept -> {
          SigningKeys keys = kept.keptOrMade();
          if (!keys.equals(signer.keys())) {
            signer = new Signer(keys, clock);
          }
        });
  }
}
