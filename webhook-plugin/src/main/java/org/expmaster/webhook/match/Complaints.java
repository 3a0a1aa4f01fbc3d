package org.expmaster.webhook.match;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.webhook.telling.Log;

/**
 * Logs, once per experiment, what its config says of webhooks and cannot be understood.
 * Thread-safe.
 */
public final class Complaints {
  private static final Log log = Log.of(Complaints.class);

  /** Number of experiments that are remembered. */
  private static final int REMEMBERED = 10_000;

  private final Set<Long> known =
      Collections.newSetFromMap(
          Collections.synchronizedMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  /** Logs what cannot be understood, unless it has been logged for this experiment. */
  void about(Experiment experiment, Concern concern) {
    if (!concern.problems().isEmpty() && known.add(experiment.id())) {
      log.warn(
          "the config of experiment {} names webhooks in a way that is not understood: {}",
          experiment.id(),
          String.join("; ", concern.problems()));
    }
  }
}
