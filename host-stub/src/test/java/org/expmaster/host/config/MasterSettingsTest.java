package org.expmaster.host.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.plugin.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MasterSettingsTest {
  private static final Path BESIDE = Path.of("beside");

  @TempDir private Path directory;

  private static MasterSettings settings(String yaml) {
    return MasterSettings.of(Yaml.mapping(yaml), BESIDE);
  }

  @Test
  void everyDefault() {
    assertEquals(
        new MasterSettings(
            "127.0.0.1",
            8080,
            BESIDE,
            "",
            new DbSettings("jdbc:sqlite:master.db", Optional.empty(), Optional.empty(), 8),
            "info",
            Optional.empty(),
            Map.of()),
        settings(""));
    assertEquals(210_000, settings("").passwordIterations());
  }

  @Test
  void everyMapping() {
    MasterSettings settings =
        settings(
            """
            host: 0.0.0.0
            port: 0
            plugins_dir: /opt/plugins
            plugins: {required: [webhooks], allow_downgrade: [other]}
            cluster_name: north
            db: {url: "jdbc:postgresql://db/m", user: u, password: p, pool_size: 20}
            log: {level: debug}
            security:
              initial_user_password: secret
              metrics_token: a-long-enough-one
              password_iterations: 1000
              webhook_signing_key: [any, thing]
            webhooks: {whatever: {it: is}}
            """);
    assertEquals("0.0.0.0", settings.host());
    assertEquals(0, settings.port());
    assertEquals(Path.of("/opt/plugins"), settings.pluginsDir());
    assertEquals(List.of("webhooks"), settings.requiredPlugins());
    assertEquals(List.of("other"), settings.allowDowngrade());
    assertEquals("north", settings.clusterName());
    assertEquals(
        new DbSettings("jdbc:postgresql://db/m", Optional.of("u"), Optional.of("p"), 20),
        settings.db());
    assertEquals("debug", settings.logLevel());
    assertEquals(Optional.of("secret"), settings.initialUserPassword());
    assertEquals(1_000, settings.passwordIterations());
    assertEquals(Optional.of("a-long-enough-one"), settings.metricsToken());
    assertEquals(Map.of("whatever", Map.of("it", "is")), settings.tree().get("webhooks"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prot: 1 | prot is not a setting; valid here: cluster_name, db, host, jobs, log, plugins, plugins_dir, port, security, tracing, webhooks",
        "db: {uri: x} | db.uri is not a setting; valid here: password, pool_size, url, user",
        "plugins: {require: x} | plugins.require is not a setting; valid here: allow_downgrade, required",
        "log: {lvl: x} | log.lvl is not a setting; valid here: level",
        "security: {key: x} | security.key is not a setting; valid here: initial_user_password, metrics_token, password_iterations, webhook_signing_key",
        "tracing: otlp | tracing is otlp, and must be off or log",
        "jobs: mine | jobs is mine, and must be simulated or external",
        "port: 65536 | port is 65536, and must be 0 to 65535",
        "db: {pool_size: 0} | db.pool_size is 0, and must be 1 to 1000",
        "db: {url: 'jdbc:h2:x'} | db.url must start with jdbc:sqlite: or jdbc:postgresql:",
        "log: {level: loud} | log.level is loud, and must be error, warn, info, debug or trace",
        "security: {metrics_token: 'too short'} | security.metrics_token must be 16 or more letters, digits or -._~+/=; make one with: openssl rand -hex 32",
        "security: {initial_user_password: ''} | security.initial_user_password must not be empty",
        "security: {password_iterations: 999} | security.password_iterations is 999, and must be 1000 to 10000000",
      })
  void whatIsWrongIsNamedByItsPathWithWhatWouldBeRight(String yaml, String problem) {
    assertEquals(problem, assertThrows(ConfigException.class, () -> settings(yaml)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "port: x",
        "plugins: {required: {a: b}}",
        "plugins: {allow_downgrade: {a: b}}",
        "db: 1",
        "db: [1]",
        "security: x",
        "host: 1",
        "log: {level: 1}"
      })
  void whatIsOfAnotherTypeIsNamedByItsPath(String yaml) {
    SettingsException failure = assertThrows(SettingsException.class, () -> settings(yaml));
    assertEquals(
        yaml.startsWith("log")
            ? "log.level"
            : yaml.startsWith("plugins")
                ? yaml.replaceAll("plugins: \\{(.*?):.*", "plugins.$1")
                : yaml.substring(0, yaml.indexOf(':')),
        failure.path());
  }

  @Test
  void aSecretOfTheWrongTypeIsNotRepeated() {
    SettingsException failure =
        assertThrows(SettingsException.class, () -> settings("db: {password: 4711}"));
    assertFalse(failure.getMessage().contains("4711"), failure.getMessage());
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws Exception {
    Path binary = Files.write(directory.resolve("b.yaml"), new byte[] {(byte) 0xff, 0});
    assertEquals(binary + " is not UTF-8 text", readError(binary));
    Path wrong = Files.writeString(directory.resolve("w.yaml"), "a: 1\nb: x: y\n");
    assertEquals(wrong + ": line 2: mapping values are not allowed here", readError(wrong));
    Path missing = directory.resolve("m.yaml");
    assertEquals("there is no configuration file " + missing, readError(missing));
  }

  private static String readError(Path file) {
    return assertThrows(ConfigException.class, () -> ConfigFile.read(file)).getMessage();
  }
}
