-- Triggers whose expressions were not tried on the whole of some lines, since that would have cost
-- too much.
CREATE TABLE webhooks_cut_short (
  webhook_id BIGINT NOT NULL,
  trigger_id BIGINT NOT NULL,
  times      BIGINT NOT NULL, -- in how many batches of lines
  last_at    BIGINT NOT NULL,
  PRIMARY KEY (webhook_id, trigger_id)
);
