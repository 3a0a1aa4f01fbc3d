-- A claim changes a row where it found it: a number is found, and a row in a table changed, in half
-- the time that it takes in a key of three columns. That key stays for people, who look in its order.
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
);
INSERT INTO webhooks_outbox
  (webhook_id, created_at, id, due_at, leased_until, lease, attempts, failures)
SELECT webhook_id, created_at, id, due_at, leased_until, lease, attempts, failures
FROM webhooks_outbox_before;
DROP TABLE webhooks_outbox_before;
CREATE INDEX webhooks_outbox_due ON webhooks_outbox (webhook_id, due_at, id);
