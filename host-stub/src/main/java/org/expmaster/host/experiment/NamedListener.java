package org.expmaster.host.experiment;

/** A listener and the plugin it belongs to. */
public record NamedListener<L>(String plugin, L listener) {}
