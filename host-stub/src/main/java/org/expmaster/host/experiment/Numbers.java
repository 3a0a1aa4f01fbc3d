package org.expmaster.host.experiment;

import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;

/** Reads whole numbers from a query string. */
final class Numbers {
  private Numbers() {}

  static int query(Request request, String name, int standard, int least, int most) {
    String text = request.queryParameter(name).orElse("" + standard);
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the answer for a number out of range
    }
    throw ApiException.invalid(name + " must be a whole number from " + least + " to " + most);
  }
}
