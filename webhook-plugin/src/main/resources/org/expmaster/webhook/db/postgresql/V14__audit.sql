-- Who did what to webhooks and keys. Written with the change, purged after a time.
CREATE TABLE webhooks_audit (
  id           BIGINT  GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- rises with time
  at           BIGINT NOT NULL, -- by the common time
  user_id      BIGINT NOT NULL,
  username     TEXT NOT NULL, -- at that time
  action       TEXT NOT NULL,
  webhook_id   BIGINT NOT NULL, -- 0: none in particular
  webhook_name TEXT NOT NULL, -- at that time
  detail       TEXT NOT NULL
);
CREATE INDEX webhooks_audit_at ON webhooks_audit (at);
CREATE INDEX webhooks_audit_webhook ON webhooks_audit (webhook_id, id);

-- Who last edited a webhook, and when. Nobody knows it of older edits.
ALTER TABLE webhooks_webhook ADD COLUMN updated_by TEXT NOT NULL DEFAULT '';
ALTER TABLE webhooks_webhook ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
