/**
 * Reads benchmark plans: turns a plan and the experiments it names into trials with resolved
 * experiments, or reports all problems at once. Start with {@link
 * org.openmargin.config.plan.BenchmarkPlan}.
 */
package org.openmargin.config.plan;
