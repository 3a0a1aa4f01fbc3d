-- Who looks for ends that were not told, and how far: one row for all masters.
CREATE TABLE webhooks_catch_up (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  version    INTEGER NOT NULL, -- raised by every step: who knows an older one was overtaken
  reads_from INTEGER NOT NULL, -- by the masters' clocks: no end before is looked at
  looked_at  INTEGER NOT NULL  -- by the common time: when the last whole look began
);

-- The ends at or after reads_from that have been looked at: each was told, or was nobody's.
CREATE TABLE webhooks_seen_end (
  at            INTEGER NOT NULL,
  experiment_id INTEGER NOT NULL,
  PRIMARY KEY (at, experiment_id)
) WITHOUT ROWID;

-- An end is not told late to a trigger that is newer than the end.
ALTER TABLE webhooks_trigger ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
UPDATE webhooks_trigger SET created_at = (
  SELECT webhook.created_at FROM webhooks_webhook AS webhook WHERE webhook.id = webhook_id);
