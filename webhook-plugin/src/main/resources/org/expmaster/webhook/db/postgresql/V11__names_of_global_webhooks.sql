-- Webhooks of all workspaces may share a name, as in Determined, where the workspace of those is NULL
-- and so no two are equal. An experiment that names one names all of them.
DROP INDEX webhooks_webhook_name;
CREATE UNIQUE INDEX webhooks_webhook_name ON webhooks_webhook (workspace_id, name)
WHERE name <> '' AND workspace_id <> 0;
