/** A small, honest, runnable master. */
package org.expmaster.host;
