/**
 * The values a master and its plugins talk about: experiments, their states, where they live.
 *
 * <p>Immutable records, checked when they are made. This package knows only the JDK.
 */
package org.expmaster.plugin.model;
