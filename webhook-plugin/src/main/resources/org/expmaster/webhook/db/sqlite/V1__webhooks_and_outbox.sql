CREATE TABLE webhooks_signing_key (
  id          INTEGER PRIMARY KEY, -- 1, 2, ...; the highest signs
  signing_key TEXT    NOT NULL,
  created_at  INTEGER NOT NULL
);

CREATE TABLE webhooks_registry_version (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL
);
INSERT INTO webhooks_registry_version (id, version) VALUES (1, 0);

CREATE TABLE webhooks_webhook (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  name         TEXT    NOT NULL,
  url          TEXT    NOT NULL,
  type         TEXT    NOT NULL,
  mode         TEXT    NOT NULL,
  workspace_id INTEGER NOT NULL, -- 0: all workspaces
  created_by   INTEGER NOT NULL,
  created_at   INTEGER NOT NULL  -- milliseconds since 1970, as every time here
);
CREATE UNIQUE INDEX webhooks_webhook_name ON webhooks_webhook (workspace_id, name) WHERE name <> '';

CREATE TABLE webhooks_trigger (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook_id INTEGER NOT NULL REFERENCES webhooks_webhook (id),
  type       TEXT    NOT NULL,
  condition  TEXT    NOT NULL
);
CREATE INDEX webhooks_trigger_webhook ON webhooks_trigger (webhook_id);

-- What is to be told to whom: written once with the event, and read again when it is sent or looked
-- at. It stays until the delivery is forgotten. No foreign key to the webhook: a webhook that another
-- master deletes at this moment must not break a state change.
CREATE TABLE webhooks_delivery (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook_id    INTEGER NOT NULL,
  event_id      TEXT    NOT NULL,
  event_type    TEXT    NOT NULL,
  experiment_id INTEGER NOT NULL,
  body          BLOB    NOT NULL,
  created_at    INTEGER NOT NULL
);

-- Deliveries that have not come to their end: small rows, because every attempt changes them. No
-- index holds what a claim changes.
CREATE TABLE webhooks_outbox (
  id           INTEGER PRIMARY KEY, -- the delivery's
  webhook_id   INTEGER NOT NULL,
  due_at       INTEGER NOT NULL, -- from then on it may be claimed
  leased_until INTEGER NOT NULL, -- until then it is somebody's
  lease        INTEGER NOT NULL, -- raised by every claim and recording: who holds an older number has lost it
  attempts     INTEGER NOT NULL, -- how many have ended
  failures     INTEGER NOT NULL  -- how many have failed since it was created or asked for again
);
CREATE INDEX webhooks_outbox_due ON webhooks_outbox (webhook_id, due_at, id);

-- Deliveries that have come to their end, for people to look at and to ask for again. No index
-- beside the key: a row is written for every delivery.
CREATE TABLE webhooks_history (
  webhook_id    INTEGER NOT NULL,
  id            INTEGER NOT NULL, -- the delivery's
  state         TEXT    NOT NULL, -- DELIVERED or DEAD
  attempts      INTEGER NOT NULL,
  ended_at      INTEGER NOT NULL,
  status        INTEGER,          -- of a DELIVERED one's last attempt; all others are in webhooks_attempt
  millis        INTEGER,
  response      TEXT,
  PRIMARY KEY (webhook_id, id)
) WITHOUT ROWID;

-- Attempts that did not deliver.
CREATE TABLE webhooks_attempt (
  delivery_id INTEGER NOT NULL,
  attempt     INTEGER NOT NULL, -- 1, 2, ...
  at          INTEGER NOT NULL, -- when it ended
  status      INTEGER,          -- what the receiver answered; NULL: no answer came
  problem     TEXT    NOT NULL,
  millis      INTEGER NOT NULL,
  response    TEXT,             -- the beginning of what it answered
  PRIMARY KEY (delivery_id, attempt)
) WITHOUT ROWID;

-- Webhooks that are not well; a healthy one has no row.
CREATE TABLE webhooks_health (
  webhook_id    INTEGER PRIMARY KEY,
  failing_since INTEGER,
  paused_until  INTEGER,
  disabled_at   INTEGER,
  reason        TEXT    NOT NULL
);
