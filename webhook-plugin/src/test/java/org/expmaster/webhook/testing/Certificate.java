package org.expmaster.webhook.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * A certificate with its key, generated in each run.
 *
 * @param trustStore contains who has signed it
 */
public record Certificate(Path keyStore, Path trustStore) {
  private static final String PASSWORD = "not-a-secret";

  /** Generates a self-signed one for names in keytool's "san" syntax: {@code dns:a.example}. */
  public static Certificate selfSigned(Path directory, String names)
      throws IOException, InterruptedException {
    Path keyStore = directory.resolve(names.replaceAll("\\W", "_") + ".p12");
    keytool(keyStore, "receiver", "-genkeypair", "-dname", "CN=receiver", "-ext", "san=" + names);
    return new Certificate(keyStore, keyStore);
  }

  /**
   * Generates one that an authority of the test has signed.
   *
   * @param options further options of keytool, such as {@code -startdate}
   */
  public static Certificate signed(Path directory, String names, String... options)
      throws IOException, InterruptedException {
    Path authority = directory.resolve("authority.p12");
    if (Files.notExists(authority)) {
      keytool(authority, "authority", "-genkeypair", "-dname", "CN=authority", "-ext", "bc:c");
    }
    Path keyStore = Files.createTempFile(directory, "receiver", ".p12");
    Files.copy(authority, keyStore, StandardCopyOption.REPLACE_EXISTING);
    List<String> all =
        new ArrayList<>(List.of("-genkeypair", "-signer", "authority", "-dname", "CN=receiver"));
    all.addAll(List.of("-ext", "san=" + names));
    all.addAll(List.of(options));
    keytool(keyStore, "receiver", all.toArray(String[]::new));
    keytool(keyStore, "authority", "-delete");
    return new Certificate(keyStore, authority);
  }

  private static void keytool(Path keyStore, String alias, String... options)
      throws IOException, InterruptedException {
    Path said = keyStore.resolveSibling("keytool.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC")); // quick to start
    command.addAll(List.of(options));
    if (command.contains("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC"));
    }
    command.addAll(List.of("-alias", alias, "-keystore", keyStore.toString()));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    Process keytool =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertEquals(0, keytool.waitFor(), () -> read(said));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unread) {
      return unread.toString();
    }
  }

  /** Opens a TLS server socket on loopback that presents this certificate. */
  public SSLServerSocket listen() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    return (SSLServerSocket)
        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  }

  /** Calls the supplier while the JVM trusts who has signed this certificate, and nobody else. */
  public <T> T trustedBy(Supplier<T> maker) {
    System.setProperty("javax.net.ssl.trustStore", trustStore.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    try {
      return maker.get();
    } finally {
      System.clearProperty("javax.net.ssl.trustStore");
      System.clearProperty("javax.net.ssl.trustStorePassword");
    }
  }
}
