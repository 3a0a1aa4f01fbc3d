package org.expmaster.host.plugin;

/**
 * How a plugin fares, as an admin sees it.
 *
 * @param id its id, or its file's name where the file does not tell
 * @param version its version, or empty likewise
 * @param problem what is wrong in one line, or empty
 */
public record PluginReport(String id, String version, String state, String problem) {}
