package org.expmaster.webhook.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogBudgetTest {
  @Test
  void aLineMayCostItsShareOfTheBatchAndNoMoreThanALineMay() {
    LogBudget budget = new LogBudget(100_000);
    assertEquals(LogBudget.BATCH / 10, budget.share(10_000));
    assertEquals(LogBudget.LINE, budget.share(90_000));
    assertEquals(LogBudget.LINE, budget.share(0));
  }

  @Test
  void whatALineLeavesGoesToThoseAfterIt() {
    LogBudget budget = new LogBudget(100);
    long first = budget.share(10);
    assertTrue(budget.share(10) > first);
  }

  @Test
  void howeverMuchEachLineCostsThereIsSomethingForTheLastAndTheBatchCostsNoMore() {
    Random dice = new Random(20_260_301);
    for (int round = 0; round < 200; round++) {
      int lines = 1 + dice.nextInt(300);
      int letters = 1 + dice.nextInt(5_000);
      LogBudget budget = new LogBudget((long) lines * letters);
      long spent = 0;
      for (int i = 0; i < lines; i++) {
        long share = budget.share(letters);
        assertTrue(share > 0, "a line got nothing");
        spent += share;
        budget.spend(share);
      }
      assertTrue(spent <= LogBudget.BATCH, spent + " steps");
    }
  }
}
