package org.expmaster.webhook.payload;

import java.math.BigDecimal;
import java.math.MathContext;
import tools.jackson.core.io.schubfach.DoubleToDecimal;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * Writes numbers as RFC 8785 and ECMAScript do, which Go's encoder does as well: {@code 0.00001},
 * {@code 1e-7}, {@code 1}.
 */
final class Numbers {
  /** From this many digits before the point on, ECMAScript writes an exponent. */
  private static final int MOST_DIGITS = 21;

  /** With more zeros after the point, ECMAScript writes an exponent. */
  private static final int MOST_ZEROS = 6;

  private Numbers() {}

  /** Puts a number into a document. JSON has no infinities and no NaN: they are put as text. */
  static ObjectNode put(ObjectNode node, String name, double number) {
    return Double.isFinite(number)
        ? node.putRawValue(name, new RawValue(text(number)))
        : node.put(name, text(number));
  }

  /** Returns the shortest digits that denote the number, laid out as ECMAScript does. */
  static String text(double number) {
    if (!Double.isFinite(number)) {
      return Double.toString(number);
    }
    if (number == 0) {
      return "0";
    }
    // not Double.toString: before Java 19 it writes more digits than it takes
    BigDecimal shortest = new BigDecimal(DoubleToDecimal.toString(number)).stripTrailingZeros();
    // Java always writes two digits, even where one is enough: 4.9E-324 is 5e-324
    BigDecimal oneDigit = shortest.round(new MathContext(1));
    if (oneDigit.doubleValue() == number) {
      shortest = oneDigit.stripTrailingZeros();
    }
    String digits = shortest.unscaledValue().abs().toString();
    return (number < 0 ? "-" : "") + laidOut(digits, digits.length() - shortest.scale());
  }

  /**
   * @param point the position of the decimal point, counted from before the first digit
   */
  private static String laidOut(String digits, int point) {
    if (point > MOST_DIGITS || point <= -MOST_ZEROS) {
      int exponent = point - 1;
      String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
      return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "" : "+") + exponent;
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    return point >= digits.length()
        ? digits + "0".repeat(point - digits.length())
        : digits.substring(0, point) + "." + digits.substring(point);
  }
}
