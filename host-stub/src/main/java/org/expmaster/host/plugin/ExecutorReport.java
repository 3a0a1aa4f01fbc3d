package org.expmaster.host.plugin;

import java.util.Map;

/** The status of an executor, as admins see it. */
public record ExecutorReport(
    String plugin, String name, String state, Map<String, Object> details) {}
