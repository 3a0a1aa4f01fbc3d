package org.expmaster.host.experiment;

import org.expmaster.plugin.ExperimentLifecycleListener;

/** A listener and the plugin it belongs to. */
public record NamedListener(String plugin, ExperimentLifecycleListener listener) {}
