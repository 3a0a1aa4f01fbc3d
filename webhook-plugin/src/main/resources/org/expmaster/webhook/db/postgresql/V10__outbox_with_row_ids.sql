-- PostgreSQL has always found a row by where it stands (ctid): nothing to change. The migrations of
-- both databases have the same numbers.
SELECT 1;
