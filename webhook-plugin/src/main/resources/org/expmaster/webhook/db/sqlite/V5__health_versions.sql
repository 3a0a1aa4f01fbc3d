-- Raised by every change: who writes with an older number in mind takes over what is there instead.
-- A row stays, even of a webhook that is well, as long as its webhook does.
ALTER TABLE webhooks_health ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
