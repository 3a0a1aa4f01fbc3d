package org.expmaster.webhook.rest;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.webhook.outbox.Position;

/** Writes and reads the cursors of lists of deliveries, which are opaque to clients. */
final class Cursors {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

  private Cursors() {}

  static String write(Position position) {
    return position.created().toEpochMilli() + "-" + position.id();
  }

  static Position read(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw ApiException.invalid(
          "cursor is \"" + text + "\", and must be the nextCursor of an earlier answer");
    }
    return new Position(
        Instant.ofEpochMilli(Long.parseLong(matcher.group(1))), Long.parseLong(matcher.group(2)));
  }
}
