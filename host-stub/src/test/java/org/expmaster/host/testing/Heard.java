package org.expmaster.host.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The calls that sample plugins have received, in order. Tests clear it first. */
public final class Heard {
  private static final List<String> WORDS = new CopyOnWriteArrayList<>();

  private Heard() {}

  public static void say(String word) {
    WORDS.add(word);
  }

  public static List<String> words() {
    return List.copyOf(WORDS);
  }

  public static void clear() {
    WORDS.clear();
  }
}
