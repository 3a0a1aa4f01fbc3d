package org.expmaster.webhook.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  /** Of RFC 8785, appendix B, by their bits. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2",
  })
  void numbersAreThoseOfTheRfc(String bits, String written) {
    assertEquals(written, Numbers.text(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "0.9, 0.9", "0.00001, 0.00001", "1e-7, 1e-7", "2e-3, 0.002", "100, 100"})
  void usualNumbersAreWrittenAsPeopleWriteThem(double number, String written) {
    assertEquals(written, Numbers.text(number));
  }

  @Test
  void everyNumberIsReadBackAsItWas() {
    Random random = new Random(8785);
    for (int i = 0; i < 10_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(number)) {
        assertEquals(number, Double.parseDouble(Numbers.text(number)));
      }
    }
  }

  @Test
  void whatJsonHasNoNumberForIsText() {
    assertEquals(
        "{\"value\":\"Infinity\"}",
        Numbers.put(Json.object(), "value", Double.POSITIVE_INFINITY).toString());
    assertEquals("{\"value\":1e-7}", Numbers.put(Json.object(), "value", 1e-7).toString());
  }
}
