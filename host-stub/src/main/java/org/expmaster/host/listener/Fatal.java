package org.expmaster.host.listener;

/** What is caught of a plugin, and what is not. */
public final class Fatal {
  private Fatal() {}

  /**
   * Throws again what concerns the whole process. A plugin that recurses without end concerns only
   * itself: its stack is gone by the time it is caught.
   */
  public static void rethrow(Throwable failure) {
    if (failure instanceof VirtualMachineError error && !(failure instanceof StackOverflowError)) {
      throw error;
    }
  }
}
