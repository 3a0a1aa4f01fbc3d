package org.expmaster.webhook.match;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * Finds many pieces of text in a line in one pass, whatever their number and their case (Aho and
 * Corasick's automaton). Immutable once built; any thread may use it.
 */
final class TextScanner {
  /** What of a table is allowed for at most; about 5 MB. */
  private static final int MAX_STATES = 20_000;

  private static final int ASCII = 128;

  /**
   * Letters beyond ASCII that a regular expression in which case does not count takes for these.
   */
  private static final char LONG_S = '\u017F';

  private static final char KELVIN = '\u212A';

  private final byte[] columns;
  private final int width;
  private final int[] next;

  /** What ends in each state; null where nothing does. */
  private final int[][] found;

  /** The next state at whose end something ends as well, 0 for none. */
  private final int[] shorter;

  private TextScanner(byte[] columns, int width, int[] next, int[][] found, int[] shorter) {
    this.columns = columns;
    this.width = width;
    this.next = next;
    this.found = found;
    this.shorter = shorter;
  }

  /** The numbers of the pieces that are in the text; null, which costs nothing, if none is. */
  BitSet scan(String text) {
    BitSet all = null;
    BitSet seen = null;
    int state = 0;
    for (int i = 0; i < text.length(); i++) {
      state = next[state * width + column(text.charAt(i))];
      int ending = found[state] != null ? state : shorter[state];
      if (ending != 0) {
        all = all == null ? new BitSet() : all;
        seen = seen == null ? new BitSet(shorter.length) : seen;
        // what a state ends with is added once, however often it comes
        for (; ending != 0 && !seen.get(ending); ending = shorter[ending]) {
          seen.set(ending);
          for (int number : found[ending]) {
            all.set(number);
          }
        }
      }
    }
    return all;
  }

  private int column(char letter) {
    if (letter < ASCII) {
      return columns[letter];
    }
    return letter == LONG_S ? columns['s'] : letter == KELVIN ? columns['k'] : 0;
  }

  /** Takes the pieces, and makes the scanner. */
  static final class Builder {
    private final List<int[]> states = new ArrayList<>(List.of(newState()));
    private final List<List<Integer>> found = new ArrayList<>();

    Builder() {
      found.add(null);
    }

    private static int[] newState() {
      int[] state = new int[ASCII];
      Arrays.fill(state, -1);
      return state;
    }

    /**
     * Adds pieces, lower-case ASCII and not empty, all under one number.
     *
     * @return false, and nothing is added, if there is no room for them
     */
    boolean add(Collection<String> pieces, int number) {
      if (states.size() + pieces.stream().mapToInt(String::length).sum() > MAX_STATES) {
        return false;
      }
      for (String piece : pieces) {
        int state = 0;
        for (char letter : piece.toCharArray()) {
          if (states.get(state)[letter] < 0) {
            states.get(state)[letter] = states.size();
            states.add(newState());
            found.add(null);
          }
          state = states.get(state)[letter];
        }
        if (found.get(state) == null) {
          found.set(state, new ArrayList<>());
        }
        found.get(state).add(number);
      }
      return true;
    }

    TextScanner build() {
      int[] shorter = completeTransitions();
      byte[] columns = new byte[ASCII];
      List<Integer> used = new ArrayList<>();
      for (int letter = 0; letter < ASCII; letter++) {
        int asked = letter;
        if (states.stream().anyMatch(state -> state[asked] > 0)) {
          used.add(letter);
          columns[letter] = (byte) used.size();
        }
      }
      for (char upper = 'A'; upper <= 'Z'; upper++) {
        columns[upper] = columns[Character.toLowerCase(upper)];
      }
      int width = used.size() + 1;
      int[] next = new int[states.size() * width];
      for (int state = 0; state < states.size(); state++) {
        for (int letter : used) {
          next[state * width + columns[letter]] = states.get(state)[letter];
        }
      }
      int[][] numbers = new int[states.size()][];
      for (int state = 0; state < numbers.length; state++) {
        numbers[state] =
            found.get(state) == null
                ? null
                : found.get(state).stream().mapToInt(Integer::intValue).toArray();
      }
      return new TextScanner(columns, width, next, numbers, shorter);
    }

    /**
     * From every state on every letter: to the longest ending of what was read that begins one.
     *
     * @return for each state the longest ending of it that is a piece, 0 for none
     */
    private int[] completeTransitions() {
      int[] shorter = new int[states.size()];
      int[] fallback = new int[states.size()];
      Deque<Integer> breadthFirst = new ArrayDeque<>(List.of(0));
      while (!breadthFirst.isEmpty()) {
        int state = breadthFirst.remove();
        for (int letter = 0; letter < ASCII; letter++) {
          int after = state == 0 ? 0 : states.get(fallback[state])[letter];
          int child = states.get(state)[letter];
          if (child < 0) {
            states.get(state)[letter] = after;
          } else {
            fallback[child] = after;
            shorter[child] = found.get(after) != null ? after : shorter[after];
            breadthFirst.add(child);
          }
        }
      }
      return shorter;
    }
  }
}
