package org.expmaster.host.plugin;

/**
 * The state of a plugin, as admins see it.
 *
 * @param id its id, or its file's name if the id is unknown
 * @param version its version, or empty if unknown
 * @param problem what is wrong, in one line, or empty
 */
public record PluginReport(String id, String version, String state, String problem) {}
