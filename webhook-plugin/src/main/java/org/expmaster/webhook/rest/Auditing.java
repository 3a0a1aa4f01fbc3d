package org.expmaster.webhook.rest;

import java.sql.SQLException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.webhook.audit.Act;
import org.expmaster.webhook.audit.Action;
import org.expmaster.webhook.audit.Audit;
import org.expmaster.webhook.registry.Editor;

/** Records what callers do. */
public final class Auditing {
  private final Audit audit;

  public Auditing(Audit audit) {
    this.audit = audit;
  }

  /** Returns what a caller is about to do, to be written together with the change. */
  Act act(Request request, Action action, String detail) {
    Caller caller = request.requireCaller();
    return audit.act(caller.userId(), caller.username(), action, detail);
  }

  /** Returns the caller as the editor of a webhook. */
  static Editor editor(Request request, Act act) {
    Caller caller = request.requireCaller();
    return new Editor(caller.userId(), caller.username(), act);
  }

  /** Logs an act that has been committed. */
  void done(Act act, long webhookId) {
    audit.done(act, webhookId);
  }

  /** Writes and logs an act that changes nothing else. */
  void record(Act act, long webhookId) {
    try {
      audit.record(act, webhookId);
    } catch (SQLException failed) {
      throw new IllegalStateException("what was done could not be recorded", failed);
    }
  }
}
