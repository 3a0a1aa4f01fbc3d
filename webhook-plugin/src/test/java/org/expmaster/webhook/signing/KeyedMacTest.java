package org.expmaster.webhook.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
import org.junit.jupiter.api.Test;

/** Signing with security providers other than the JDK's own. */
final class KeyedMacTest {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] MESSAGE = "message".getBytes(UTF_8);
  private static final byte[] KEY = "0123456789abcdef".getBytes(UTF_8);

  /** A provider of the JDK's HMAC that cannot be cloned. */
  public static final class Uncloneable extends Provider {
    private static final long serialVersionUID = 1;

    Uncloneable(Class<? extends MacSpi> mac) {
      super("Uncloneable", "1", "made up by a test");
      put("Mac." + ALGORITHM, mac.getName());
    }
  }

  /** Delegates to the JDK's HMAC, but does not implement Cloneable. */
  public static class Passing extends MacSpi {
    private final Mac mac = jdks();

    @Override
    protected int engineGetMacLength() {
      return mac.getMacLength();
    }

    @Override
    protected void engineInit(Key key, AlgorithmParameterSpec parameters)
        throws InvalidKeyException {
      mac.init(key);
    }

    @Override
    protected void engineUpdate(byte input) {
      mac.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
      mac.update(input, offset, length);
    }

    @Override
    protected byte[] engineDoFinal() {
      return mac.doFinal();
    }

    @Override
    protected void engineReset() {
      mac.reset();
    }
  }

  /** Behaves like a FIPS module that finds the key too short. */
  public static final class Refusing extends Passing {
    @Override
    protected void engineInit(Key key, AlgorithmParameterSpec parameters)
        throws InvalidKeyException {
      throw new InvalidKeyException("too short");
    }
  }

  @Test
  void aMacThatCannotBeClonedSignsAsOneThatCan() throws Exception {
    Provider provider = new Uncloneable(Passing.class);
    assertThrows(
        CloneNotSupportedException.class, () -> Mac.getInstance(ALGORITHM, provider).clone());
    KeyedMac mac = KeyedMac.of(KEY, () -> Mac.getInstance(ALGORITHM, provider));
    byte[] expected = KeyedMac.of(KEY).fresh().doFinal(MESSAGE);
    Mac one = mac.fresh();
    Mac other = mac.fresh();
    assertNotSame(one, other);
    one.update((byte) 'm');
    assertArrayEquals(expected, other.doFinal(MESSAGE), "one does not know of the other");
    assertArrayEquals(expected, mac.fresh().doFinal(MESSAGE));
  }

  @Test
  void aMacThatCanBeClonedIsKeyedOnce() {
    AtomicInteger made = new AtomicInteger();
    KeyedMac mac =
        KeyedMac.of(
            KEY,
            () -> {
              made.incrementAndGet();
              return Mac.getInstance(ALGORITHM);
            });
    for (int i = 0; i < 10; i++) {
      mac.fresh().doFinal(MESSAGE);
    }
    assertEquals(1, made.get());
  }

  @Test
  void aProviderThatRefusesTheKeyIsToldWithoutTheKey() {
    Provider provider = new Uncloneable(Refusing.class);
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> KeyedMac.of(KEY, () -> Mac.getInstance(ALGORITHM, provider)));
    assertEquals(-1, refused.getMessage().indexOf(new String(KEY, UTF_8)));
  }

  private static Mac jdks() {
    try {
      return Mac.getInstance(ALGORITHM, "SunJCE");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
