package org.expmaster.webhook.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.expmaster.webhook.testing.Fixtures;
import org.junit.jupiter.api.Test;

class TriggerColumnsTest {
  @Test
  void everyKindOfTriggerIsReadAsItWasWritten() {
    for (Trigger trigger : Fixtures.oneTriggerOfEachKind()) {
      assertEquals(trigger, TriggerColumns.of(trigger).trigger());
    }
  }
}
