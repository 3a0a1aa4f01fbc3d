-- The span in which the event happened, of a master that traces: a traceparent of W3C Trace Context.
ALTER TABLE webhooks_event ADD COLUMN traceparent TEXT NOT NULL DEFAULT '';
