package org.expmaster.webhook.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextScannerTest {
  @Test
  void aPieceIsFoundWhateverItsCase() {
    TextScanner scanner = scanner(List.of("cuda error", "k-s"));
    assertEquals(BitSet.valueOf(new long[] {1}), scanner.scan("x CUDA ErrOR 7"));
    assertEquals(BitSet.valueOf(new long[] {2}), scanner.scan("\u212A-\u017F"));
    assertNull(scanner.scan("cuda  error"));
  }

  @Test
  void onePieceInAnotherIsFoundWithIt() {
    assertEquals(
        BitSet.valueOf(new long[] {0b111}), scanner(List.of("she", "he", "hers")).scan("ushers"));
  }

  @Test
  void anEmptyTextHoldsNothing() {
    assertNull(scanner(List.of("a")).scan(""));
    assertNull(scanner(List.of()).scan("a"));
  }

  @Test
  void whatThereIsNoRoomForIsNotAdded() {
    TextScanner.Builder builder = new TextScanner.Builder();
    assertFalse(builder.add(Set.of("a".repeat(30_000)), 0));
    assertTrue(builder.add(Set.of("b"), 1));
    assertNull(builder.build().scan("aaa"));
  }

  @Test
  void itFindsExactlyWhatLookingForEachWouldFind() {
    Random dice = new Random(20_260_301);
    for (int round = 0; round < 2_000; round++) {
      List<String> pieces = new ArrayList<>();
      for (int i = 1 + dice.nextInt(6); i > 0; i--) {
        pieces.add(letters(dice, 1 + dice.nextInt(4)));
      }
      String text = letters(dice, dice.nextInt(12));
      BitSet expected = new BitSet();
      for (int i = 0; i < pieces.size(); i++) {
        expected.set(i, text.contains(pieces.get(i)));
      }
      BitSet found = scanner(pieces).scan(text);
      assertEquals(expected, found == null ? new BitSet() : found, () -> pieces + " in " + text);
    }
  }

  private static String letters(Random dice, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("abc-".charAt(dice.nextInt(4)));
    }
    return text.toString();
  }

  private static TextScanner scanner(List<String> pieces) {
    TextScanner.Builder builder = new TextScanner.Builder();
    for (int i = 0; i < pieces.size(); i++) {
      builder.add(Set.of(pieces.get(i)), i);
    }
    return builder.build();
  }
}
