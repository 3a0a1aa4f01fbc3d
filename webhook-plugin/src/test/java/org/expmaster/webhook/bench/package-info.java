/**
 * Benchmarks of the promised speed; {@link org.expmaster.webhook.bench.Bench} runs them all.
 *
 * <p>Figures are ratios within one run, or latencies on an otherwise idle machine. Benchmarks are
 * not tests and assert nothing.
 */
package org.expmaster.webhook.bench;
