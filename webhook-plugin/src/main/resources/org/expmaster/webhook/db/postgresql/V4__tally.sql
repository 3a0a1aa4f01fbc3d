-- How many attempts ended which way, for a picture of each webhook's last day.
CREATE TABLE webhooks_tally (
  webhook_id  BIGINT NOT NULL,
  hour        BIGINT NOT NULL, -- when it began
  delivered   BIGINT NOT NULL,
  failed      BIGINT NOT NULL,
  last_at     BIGINT NOT NULL, -- when the last of them ended, and how
  last_ending TEXT   NOT NULL,
  PRIMARY KEY (webhook_id, hour)
);
