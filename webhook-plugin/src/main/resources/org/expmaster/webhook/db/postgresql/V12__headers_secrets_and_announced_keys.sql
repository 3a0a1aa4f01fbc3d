-- Further headers of requests, one "name: value" a line. The values are secrets.
ALTER TABLE webhooks_webhook ADD COLUMN headers TEXT NOT NULL DEFAULT '';

-- A secret of the webhook's own, and the one before it. NULL: none has been made yet.
ALTER TABLE webhooks_webhook ADD COLUMN secret TEXT;
ALTER TABLE webhooks_webhook ADD COLUMN previous_secret TEXT;
-- Until when the one before signs as well.
ALTER TABLE webhooks_webhook ADD COLUMN previous_until BIGINT NOT NULL DEFAULT 0;

-- When it last moved to another workspace, whose people must not see what was delivered before.
ALTER TABLE webhooks_webhook ADD COLUMN moved_at BIGINT NOT NULL DEFAULT 0;

-- When a key begins to sign the documented header. Until then it is announced.
ALTER TABLE webhooks_signing_key ADD COLUMN signs_from BIGINT NOT NULL DEFAULT 0;
UPDATE webhooks_signing_key SET signs_from = created_at;
