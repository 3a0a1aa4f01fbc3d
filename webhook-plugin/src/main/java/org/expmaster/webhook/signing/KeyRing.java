package org.expmaster.webhook.signing;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.expmaster.webhook.db.Along;
import org.expmaster.webhook.db.Database;

/**
 * The current signing keys: configured by the operator, or generated, stored and rotated.
 * Thread-safe.
 */
public final class KeyRing {
  private final Source source;
  private final Optional<SigningKeyStore> store;
  private final Function<SigningKeys, Signer> signers;
  private volatile Signer signer;

  /** Where the key comes from that signs at the start. */
  public enum Source {
    CONFIGURED,
    STORED,
    /** None was stored, so this master or another has just generated one and stored it. */
    GENERATED
  }

  private KeyRing(
      Source source,
      Optional<SigningKeyStore> store,
      Function<SigningKeys, Signer> signers,
      SigningKeys keys) {
    this.source = source;
    this.store = store;
    this.signers = signers;
    this.signer = signers.apply(keys);
  }

  /**
   * Returns the operator's keys, which change only with the configuration.
   *
   * @param shared the time that all masters of the database share
   * @param clock the master's clock: receivers compare its time with theirs
   */
  public static KeyRing configured(SigningKeys keys, Clock shared, Clock clock) {
    return new KeyRing(
        Source.CONFIGURED, Optional.empty(), current -> new Signer(current, clock, shared), keys);
  }

  /**
   * Returns generated keys, which are stored in the database.
   *
   * @param shared the time that all masters of the database share
   * @param clock the master's clock: receivers compare its time with theirs
   * @param overlap how long a new key is announced before it signs the documented headers, and how
   *     long the previous key signs the Standard Webhooks header after that
   */
  public static KeyRing kept(Database database, Clock shared, Clock clock, Duration overlap) {
    SigningKeyStore store = new SigningKeyStore(database, shared, overlap);
    Optional<SigningKeys> kept = store.kept();
    return new KeyRing(
        kept.isPresent() ? Source.STORED : Source.GENERATED,
        Optional.of(store),
        keys -> new Signer(keys, clock, shared),
        kept.orElseGet(store::keptOrMade));
  }

  /** Returns where the key came from at the start. */
  public Source source() {
    return source;
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
   * Generates a new key.
   *
   * @param immediately whether it signs the documented headers from now on, because the current key
   *     has leaked; else it is announced first
   * @param along written together with the key
   * @return when the new key begins to sign the documented headers
   * @throws IllegalStateException if the keys are configured
   * @throws RotationPendingException if a key is announced already, and this one is not immediate
   */
  public Instant rotate(boolean immediately, Along along) throws SQLException {
    Instant from =
        store
            .orElseThrow(() -> new IllegalStateException("the key is configured"))
            .rotate(immediately, along);
    refresh();
    return from;
  }

  /** Applies the passing of time and rotations by other masters. */
  public void refresh() {
    store.flatMap(SigningKeyStore::kept).ifPresent(this::apply);
  }

  private void apply(SigningKeys keys) {
    if (!keys.equals(signer.keys())) {
      signer = signers.apply(keys);
    }
  }

  /**
   * Does the same, and returns what is wrong with the stored keys; empty if nothing is. Without
   * them, this master signs with those that it has read before.
   */
  public Optional<String> follow() {
    if (store.isEmpty()) {
      return Optional.empty();
    }
    Optional<SigningKeys> kept = store.get().kept();
    kept.ifPresent(this::apply);
    return kept.isPresent()
        ? Optional.empty()
        : Optional.of(
            "no signing key is in the table webhooks_signing_key any more. This master still signs"
                + " with the one that it knows; after a restart, there would be a new one, which no"
                + " receiver knows. Restore the row, or rotate the key and tell the receivers");
  }
}
