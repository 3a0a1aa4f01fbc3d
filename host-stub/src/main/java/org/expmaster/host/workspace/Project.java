package org.expmaster.host.workspace;

/** A project as it is now, with its workspace. */
public record Project(
    long id, String name, long ownerId, String ownerName, long workspaceId, String workspaceName) {}
