package org.expmaster.host.listener;

/** Decides which of a plugin's failures are caught. */
public final class Fatal {
  private Fatal() {}

  /**
   * Rethrows what concerns the whole process. A plugin's endless recursion concerns only itself:
   * its stack is gone by the time the error is caught.
   */
  public static void rethrow(Throwable failure) {
    if (failure instanceof VirtualMachineError error && !(failure instanceof StackOverflowError)) {
      throw error;
    }
  }
}
