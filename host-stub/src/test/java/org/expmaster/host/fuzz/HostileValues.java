package org.expmaster.host.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** Values that programs often handle wrongly. */
final class HostileValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\0",
          "a\0b",
          "\uD83D",
          "\uDE00x",
          "\uFEFF",
          "\uFFFF",
          "\r\nX-Injected: 1",
          "größe 🎉 é",
          "\u202Eevil",
          "'; DROP TABLE webhooks_webhook; --",
          "%s%n%00",
          "../../etc/passwd",
          "<script>alert(1)</script>",
          "${jndi:ldap://127.0.0.1/a}",
          "{{#experiment}}{{name}}",
          "{{>other}}{{=<% %>=}}",
          "null",
          "true",
          "NaN",
          "Infinity",
          "-1",
          "1e400",
          "99999999999999999999",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "0x10",
          "1.5",
          "+300000000-01-01T00:00:00Z",
          "-999999999-01-01T00:00:00+18:00",
          "+999999999-12-31T23:59:59.999999999Z",
          "2026-02-30T00:00:00Z",
          "(((((((((((((((((((((",
          "[a-z ]{0,999}[a-z ]{0,900}[0-9]{1}$",
          "((a{0,100}){0,100}){0,100}",
          "(?i)\\p{L}+\\Q",
          "http://127.0.0.1:1/",
          "http://[::1",
          "http://127.0.0.1:99999/",
          "HTTP://user:secret@127.0.0.1/",
          "file:///etc/passwd",
          "a: [",
          "{a: &x [*x]}",
          "!!java.net.URL [\"http://127.0.0.1/\"]",
          "name: x\nentrypoint: exit 999\n",
          "resources: {slots_per_trial: -1}",
          "0",
          "1");

  private static final List<BigDecimal> NUMBERS =
      List.of(
          BigDecimal.ZERO,
          BigDecimal.ONE,
          new BigDecimal(-1),
          new BigDecimal("0.5"),
          new BigDecimal(Integer.MAX_VALUE).add(BigDecimal.ONE),
          new BigDecimal(Long.MAX_VALUE),
          new BigDecimal(BigInteger.TWO.pow(63)),
          new BigDecimal(BigInteger.TWO.pow(64)),
          new BigDecimal("1e308"),
          new BigDecimal("1e400"),
          new BigDecimal("1e-400"),
          new BigDecimal("-1e999"),
          new BigDecimal(BigInteger.TEN.pow(900)));

  private HostileValues() {}

  static String text(Random dice) {
    String text = TEXTS.get(dice.nextInt(TEXTS.size()));
    return switch (dice.nextInt(20)) {
      case 0 -> text.repeat(1 + dice.nextInt(3_000));
      case 1 -> text + TEXTS.get(dice.nextInt(TEXTS.size()));
      default -> text;
    };
  }

  static JsonNode json(Random dice) {
    return switch (dice.nextInt(8)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(dice.nextBoolean());
      case 2 -> JSON.numberNode(NUMBERS.get(dice.nextInt(NUMBERS.size())));
      case 3 -> nested(dice, 1 + dice.nextInt(12));
      case 4 -> nested(dice, dice.nextInt(10) == 0 ? 400 : 3);
      default -> JSON.textNode(text(dice));
    };
  }

  private static JsonNode nested(Random dice, int depth) {
    JsonNode value = JSON.textNode(text(dice));
    for (int i = 0; i < depth; i++) {
      if (dice.nextBoolean()) {
        ArrayNode list = JSON.arrayNode();
        value = list.add(value);
      } else {
        ObjectNode object = JSON.objectNode();
        value = object.set(text(dice), value);
      }
    }
    return value;
  }
}
