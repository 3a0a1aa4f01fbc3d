-- How many attempts ended which way, for a picture of each webhook's last day.
CREATE TABLE webhooks_tally (
  webhook_id  INTEGER NOT NULL,
  hour        INTEGER NOT NULL, -- when it began
  delivered   INTEGER NOT NULL,
  failed      INTEGER NOT NULL,
  last_at     INTEGER NOT NULL, -- when the last of them ended, and how
  last_ending TEXT    NOT NULL,
  PRIMARY KEY (webhook_id, hour)
) WITHOUT ROWID;
