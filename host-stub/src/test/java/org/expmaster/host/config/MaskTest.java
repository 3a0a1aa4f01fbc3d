package org.expmaster.host.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MaskTest {

  @Test
  void everythingThatMayBeASecretIsMaskedAndNothingElse() {
    Map<String, Object> masked =
        Mask.tree(
            Yaml.mapping(
                """
                port: 8080
                db: {url: "jdbc:postgresql://u:pw@h/m?a=1&password=pw", password: 1234}
                security: {initial_user_password: pw, webhook_signing_key: {nested: pw}}
                webhooks:
                  previous_signing_keys: [pw, pw]
                  API_TOKEN: pw
                  client_Secret:
                  key_overlap: 24h
                  proxy: "http://u:pw@proxy:3128/"
                  list: [{key: pw}, plain, "http://u:pw@x"]
                """));
    assertEquals(
        Yaml.mapping(
            """
            port: 8080
            db: {url: "jdbc:postgresql://u:********@h/m?a=1&password=********", password: "********"}
            security: {initial_user_password: "********", webhook_signing_key: "********"}
            webhooks:
              previous_signing_keys: "********"
              API_TOKEN: "********"
              client_Secret: "********"
              key_overlap: 24h
              proxy: "http://u:********@proxy:3128/"
              list: [{key: "********"}, plain, "http://u:********@x"]
            """),
        masked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:sqlite:master.db | jdbc:sqlite:master.db",
        "jdbc:sqlite:m.db?key=pw | jdbc:sqlite:m.db?key=********",
        "jdbc:postgresql://h:5432/m | jdbc:postgresql://h:5432/m",
        "jdbc:postgresql://h/m?sslPassword=pw&x=1 | jdbc:postgresql://h/m?sslPassword=********&x=1",
        "jdbc:postgresql://u:p:w@h/m | jdbc:postgresql://u:********@h/m",
      })
  void aUrlIsShownWithoutItsPasswords(String url, String shown) {
    assertEquals(shown, Mask.url(url));
  }

  @Test
  void whatAPluginAddsIsLaidOverLevelByLevel() {
    assertEquals(
        Yaml.mapping("{a: {x: 1, y: 2, z: null}, b: [3], c: {d: 4}}"),
        Overlay.of(
            Yaml.mapping("{a: {x: 0, y: 2}, b: {gone: 1}, c: 5}"),
            Yaml.mapping("{a: {x: 1, z: null}, b: [3], c: {d: 4}}")));
  }
}
