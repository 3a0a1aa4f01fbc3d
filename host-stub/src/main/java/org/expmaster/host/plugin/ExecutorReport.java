package org.expmaster.host.plugin;

import java.util.Map;

/** What an executor is doing, as an admin sees it. */
public record ExecutorReport(
    String plugin, String name, String state, Map<String, Object> details) {}
