-- Triggers that fire once: of a task whose log matched, of a trial whose metric crossed a threshold.
CREATE TABLE webhooks_fired (
  trigger_id BIGINT NOT NULL,
  subject    TEXT   NOT NULL, -- the task's or the trial's id
  fired_at   BIGINT NOT NULL,
  PRIMARY KEY (trigger_id, subject)
);
CREATE INDEX webhooks_fired_at ON webhooks_fired (fired_at);
