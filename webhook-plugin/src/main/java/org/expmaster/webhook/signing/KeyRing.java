package org.expmaster.webhook.signing;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.expmaster.webhook.db.Database;

/**
 * The signing keys as they are now: configured, or made once, kept and rotated. Any thread may use
 * it.
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

  /** Keys that the operator chose; they change when the configuration does. */
  public static KeyRing configured(SigningKeys keys, Clock clock) {
    return new KeyRing(Optional.empty(), clock, new Signer(keys, clock));
  }

  /**
   * Keys that are made here and kept in the database.
   *
   * @param overlap how long after a rotation the previous key signs too
   */
  public static KeyRing kept(Database database, Clock clock, Duration overlap) {
    SigningKeyStore store = new SigningKeyStore(database, clock, overlap);
    return new KeyRing(Optional.of(store), clock, new Signer(store.keptOrMade(), clock));
  }

  /** What signs now. */
  public Signer signer() {
    return signer;
  }

  /** Whether {@link #rotate} can be asked for. */
  public boolean canRotate() {
    return store.isPresent();
  }

  /**
   * Makes a new key, which signs from now on.
   *
   * @throws IllegalStateException if the keys are configured
   */
  public void rotate() throws SQLException {
    store.orElseThrow(() -> new IllegalStateException("the key is configured")).rotate();
    refresh();
  }

  /** Follows a rotation that another master made, and the end of an overlap. */
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
