-- The registry's version at which a webhook was last changed: whoever has seen an older one reads
-- what is newer, and nothing else.
ALTER TABLE webhooks_webhook ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX webhooks_webhook_changed ON webhooks_webhook (changed);

-- Webhooks that were deleted, and the registry's version since: for masters that still have them in
-- memory. The oldest are forgotten.
CREATE TABLE webhooks_deleted (
  changed    INTEGER PRIMARY KEY,
  webhook_id INTEGER NOT NULL
);
