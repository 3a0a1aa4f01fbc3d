/**
 * What is promised of speed, measured: {@link org.expmaster.webhook.bench.Bench} runs it all.
 *
 * <p>Figures are ratios within one run, or latencies on an otherwise idle machine; they are no
 * tests and assert nothing.
 */
package org.expmaster.webhook.bench;
