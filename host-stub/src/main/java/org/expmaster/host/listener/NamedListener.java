package org.expmaster.host.listener;

/** A listener and the plugin it belongs to. */
public record NamedListener<L>(String plugin, L listener) {}
