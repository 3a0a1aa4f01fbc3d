-- What there is to tell: one row an event and form, however many webhooks it goes to. The deliveries
-- of an event have its id, and its time: (webhook_id, id) names one of them. The rows stay where they
-- are: until now there was one for each delivery.
ALTER TABLE webhooks_delivery RENAME TO webhooks_event;
ALTER TABLE webhooks_event RENAME CONSTRAINT webhooks_delivery_pkey TO webhooks_event_pkey;
-- how many deliveries there are of it; the last one takes it along
ALTER TABLE webhooks_event ADD COLUMN uses BIGINT NOT NULL DEFAULT 1;
ALTER TABLE webhooks_event ALTER COLUMN uses DROP DEFAULT;
ALTER TABLE webhooks_event ALTER COLUMN content_type DROP DEFAULT;

-- Deliveries that have not come to their end, in the order in which people look at them.
DROP INDEX webhooks_outbox_due;
ALTER TABLE webhooks_outbox RENAME TO webhooks_outbox_before;
CREATE TABLE webhooks_outbox (
  webhook_id   BIGINT NOT NULL,
  created_at   BIGINT NOT NULL, -- the event's, as the id
  id           BIGINT NOT NULL,
  due_at       BIGINT NOT NULL, -- from then on it may be claimed
  leased_until BIGINT NOT NULL, -- until then it is somebody's
  lease        BIGINT NOT NULL, -- raised by every claim and recording: who holds an older number has lost it
  attempts     BIGINT NOT NULL, -- how many have ended
  failures     BIGINT NOT NULL  -- how many have failed since it was created or asked for again
) WITH (fillfactor = 50); -- room on each page for a claim to change a row where it stands
INSERT INTO webhooks_outbox
  (webhook_id, created_at, id, due_at, leased_until, lease, attempts, failures)
SELECT old.webhook_id, created_at, old.id, due_at, leased_until, lease, attempts, failures
FROM webhooks_outbox_before AS old
JOIN webhooks_event AS event ON event.id = old.id;
DROP TABLE webhooks_outbox_before;
ALTER TABLE webhooks_outbox
  ADD CONSTRAINT webhooks_outbox_key PRIMARY KEY (webhook_id, created_at, id);
CREATE INDEX webhooks_outbox_due ON webhooks_outbox (webhook_id, due_at, id);

-- Deliveries that have come to their end: those of a webhook and a state are one range, in the order
-- in which people look at them.
ALTER TABLE webhooks_history RENAME TO webhooks_history_before;
CREATE TABLE webhooks_history (
  webhook_id BIGINT NOT NULL,
  state      TEXT   NOT NULL, -- DELIVERED or DEAD
  created_at BIGINT NOT NULL, -- the event's, as the id
  id         BIGINT NOT NULL,
  attempts   BIGINT NOT NULL,
  ended_at   BIGINT NOT NULL,
  status     BIGINT,          -- of a DELIVERED one's last attempt; all others are in webhooks_attempt
  millis     BIGINT,
  response   TEXT,
  reason     TEXT             -- why it is DEAD, if it is not for its last attempt
);
INSERT INTO webhooks_history
  (webhook_id, state, created_at, id, attempts, ended_at, status, millis, response)
SELECT old.webhook_id, state, created_at, old.id, attempts, ended_at, status, millis, response
FROM webhooks_history_before AS old
JOIN webhooks_event AS event ON event.id = old.id;
DROP TABLE webhooks_history_before;
ALTER TABLE webhooks_history
  ADD CONSTRAINT webhooks_history_key PRIMARY KEY (webhook_id, state, created_at, id);

ALTER TABLE webhooks_attempt RENAME TO webhooks_attempt_before;
CREATE TABLE webhooks_attempt (
  webhook_id  BIGINT NOT NULL,
  delivery_id BIGINT NOT NULL,
  attempt     BIGINT NOT NULL, -- 1, 2, ...
  at          BIGINT NOT NULL, -- when it ended
  status      BIGINT,          -- what the receiver answered; NULL: no answer came
  problem     TEXT   NOT NULL,
  millis      BIGINT NOT NULL,
  response    TEXT             -- the beginning of what it answered
);
INSERT INTO webhooks_attempt
  (webhook_id, delivery_id, attempt, at, status, problem, millis, response)
SELECT webhook_id, delivery_id, attempt, at, status, problem, millis, response
FROM webhooks_attempt_before JOIN webhooks_event AS event ON event.id = delivery_id;
DROP TABLE webhooks_attempt_before;
ALTER TABLE webhooks_attempt
  ADD CONSTRAINT webhooks_attempt_key PRIMARY KEY (webhook_id, delivery_id, attempt);

-- Webhooks that were deleted, until what was left of them is gone as well.
CREATE TABLE webhooks_leftover (
  webhook_id BIGINT PRIMARY KEY,
  deleted_at BIGINT NOT NULL
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

ALTER TABLE webhooks_event DROP COLUMN webhook_id;
