-- What there is to tell: one row an event and form, however many webhooks it goes to. The deliveries
-- of an event have its id, and its time: (webhook_id, id) names one of them.
CREATE TABLE webhooks_event (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id      TEXT    NOT NULL,
  event_type    TEXT    NOT NULL,
  experiment_id INTEGER NOT NULL,
  content_type  TEXT    NOT NULL,
  created_at    INTEGER NOT NULL,
  uses          INTEGER NOT NULL, -- how many deliveries there are of it; the last one takes it along
  body          BLOB    NOT NULL  -- last: what stands before it is read without it
);
INSERT INTO webhooks_event
  (id, event_id, event_type, experiment_id, content_type, created_at, uses, body)
SELECT id, event_id, event_type, experiment_id, content_type, created_at, 1, body
FROM webhooks_delivery;
-- no id is ever used again
DELETE FROM sqlite_sequence WHERE name = 'webhooks_event';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'webhooks_event', seq FROM sqlite_sequence WHERE name = 'webhooks_delivery';

-- Deliveries that have not come to their end, in the order in which people look at them.
DROP INDEX webhooks_outbox_due;
ALTER TABLE webhooks_outbox RENAME TO webhooks_outbox_before;
CREATE TABLE webhooks_outbox (
  webhook_id   INTEGER NOT NULL,
  created_at   INTEGER NOT NULL, -- the event's, as the id
  id           INTEGER NOT NULL,
  due_at       INTEGER NOT NULL, -- from then on it may be claimed
  leased_until INTEGER NOT NULL, -- until then it is somebody's
  lease        INTEGER NOT NULL, -- raised by every claim and recording: who holds an older number has lost it
  attempts     INTEGER NOT NULL, -- how many have ended
  failures     INTEGER NOT NULL, -- how many have failed since it was created or asked for again
  PRIMARY KEY (webhook_id, created_at, id)
) WITHOUT ROWID;
INSERT INTO webhooks_outbox
  (webhook_id, created_at, id, due_at, leased_until, lease, attempts, failures)
SELECT old.webhook_id, created_at, old.id, due_at, leased_until, lease, attempts, failures
FROM webhooks_outbox_before AS old
JOIN webhooks_delivery AS delivery ON delivery.id = old.id;
DROP TABLE webhooks_outbox_before;
CREATE INDEX webhooks_outbox_due ON webhooks_outbox (webhook_id, due_at, id);

-- Deliveries that have come to their end: those of a webhook and a state are one range, in the order
-- in which people look at them.
ALTER TABLE webhooks_history RENAME TO webhooks_history_before;
CREATE TABLE webhooks_history (
  webhook_id INTEGER NOT NULL,
  state      TEXT    NOT NULL, -- DELIVERED or DEAD
  created_at INTEGER NOT NULL, -- the event's, as the id
  id         INTEGER NOT NULL,
  attempts   INTEGER NOT NULL,
  ended_at   INTEGER NOT NULL,
  status     INTEGER,          -- of a DELIVERED one's last attempt; all others are in webhooks_attempt
  millis     INTEGER,
  response   TEXT,
  reason     TEXT,             -- why it is DEAD, if it is not for its last attempt
  PRIMARY KEY (webhook_id, state, created_at, id)
) WITHOUT ROWID;
INSERT INTO webhooks_history
  (webhook_id, state, created_at, id, attempts, ended_at, status, millis, response)
SELECT old.webhook_id, state, created_at, old.id, attempts, ended_at, status, millis, response
FROM webhooks_history_before AS old
JOIN webhooks_delivery AS delivery ON delivery.id = old.id;
DROP TABLE webhooks_history_before;

ALTER TABLE webhooks_attempt RENAME TO webhooks_attempt_before;
CREATE TABLE webhooks_attempt (
  webhook_id  INTEGER NOT NULL,
  delivery_id INTEGER NOT NULL,
  attempt     INTEGER NOT NULL, -- 1, 2, ...
  at          INTEGER NOT NULL, -- when it ended
  status      INTEGER,          -- what the receiver answered; NULL: no answer came
  problem     TEXT    NOT NULL,
  millis      INTEGER NOT NULL,
  response    TEXT,             -- the beginning of what it answered
  PRIMARY KEY (webhook_id, delivery_id, attempt)
) WITHOUT ROWID;
INSERT INTO webhooks_attempt
  (webhook_id, delivery_id, attempt, at, status, problem, millis, response)
SELECT webhook_id, delivery_id, attempt, at, status, problem, millis, response
FROM webhooks_attempt_before JOIN webhooks_delivery AS delivery ON delivery.id = delivery_id;
DROP TABLE webhooks_attempt_before;

-- Webhooks that were deleted, until what was left of them is gone as well.
CREATE TABLE webhooks_leftover (
  webhook_id INTEGER PRIMARY KEY,
  deleted_at INTEGER NOT NULL
);
INSERT INTO webhooks_leftover (webhook_id, deleted_at)
SELECT DISTINCT webhook_id, 0 FROM webhooks_outbox
WHERE webhook_id NOT IN (SELECT id FROM webhooks_webhook)
UNION
SELECT DISTINCT webhook_id, 0 FROM webhooks_history
WHERE webhook_id NOT IN (SELECT id FROM webhooks_webhook)
UNION
SELECT webhook_id, 0 FROM webhooks_health
WHERE webhook_id NOT IN (SELECT id FROM webhooks_webhook);

DROP TABLE webhooks_delivery;
