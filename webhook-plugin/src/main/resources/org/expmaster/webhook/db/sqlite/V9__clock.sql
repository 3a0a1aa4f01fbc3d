-- The common time of all masters: rows become due and leases end by it, whatever clocks are set to.
CREATE TABLE webhooks_clock (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  at   INTEGER NOT NULL, -- the common time when it was last written
  wall INTEGER NOT NULL, -- what the clock on the wall said then
  beat INTEGER NOT NULL  -- raised by every writing: somebody is at work
);
