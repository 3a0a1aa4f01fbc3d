CREATE TABLE webhooks_signing_key (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  signing_key TEXT    NOT NULL,
  created_at  BIGINT  NOT NULL
);

CREATE TABLE webhooks_registry_version (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  version BIGINT  NOT NULL
);
INSERT INTO webhooks_registry_version (id, version) VALUES (1, 0);

CREATE TABLE webhooks_webhook (
  id           BIGINT  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  name         TEXT    NOT NULL,
  url          TEXT    NOT NULL,
  type         TEXT    NOT NULL,
  mode         TEXT    NOT NULL,
  workspace_id BIGINT  NOT NULL, -- 0: all workspaces
  created_by   BIGINT  NOT NULL,
  created_at   BIGINT  NOT NULL  -- milliseconds since 1970, as every time here
);
CREATE UNIQUE INDEX webhooks_webhook_name ON webhooks_webhook (workspace_id, name) WHERE name <> '';

CREATE TABLE webhooks_trigger (
  id         BIGINT  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  webhook_id BIGINT  NOT NULL REFERENCES webhooks_webhook (id),
  type       TEXT    NOT NULL,
  condition  TEXT    NOT NULL
);
CREATE INDEX webhooks_trigger_webhook ON webhooks_trigger (webhook_id);

-- Deliveries that have not come to their end. No foreign key to the webhook: a webhook that another
-- master deletes at this moment must not break a state change.
CREATE TABLE webhooks_outbox (
  id            BIGINT  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  webhook_id    BIGINT  NOT NULL,
  event_id      TEXT    NOT NULL,
  experiment_id BIGINT  NOT NULL,
  body          BYTEA   NOT NULL,
  created_at    BIGINT  NOT NULL,
  due_at        BIGINT,           -- from then on it may be claimed; a claim moves it to the lease's end; NULL: given up
  lease         BIGINT  NOT NULL, -- how often it has been claimed: who holds an older number has lost it
  attempts      BIGINT  NOT NULL, -- how often sending it has failed
  problem       TEXT              -- why the last attempt failed
);
CREATE INDEX webhooks_outbox_due ON webhooks_outbox (webhook_id, due_at, id);
