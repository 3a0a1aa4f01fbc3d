-- raised by every edit: who edits with an older number in mind is told so
ALTER TABLE webhooks_webhook ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
-- 0: the master's
ALTER TABLE webhooks_webhook ADD COLUMN payload_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE webhooks_webhook ADD COLUMN template TEXT NOT NULL DEFAULT '';

-- A delivery keeps the form it was rendered in, whatever becomes of its webhook meanwhile.
ALTER TABLE webhooks_delivery
  ADD COLUMN content_type TEXT NOT NULL DEFAULT 'application/json; charset=UTF-8';
