/**
 * Reads benchmark plans. From a plan and the experiments it names to trials with resolved
 * experiments, or to all problems at once. Begin with {@link
 * org.openmargin.config.plan.BenchmarkPlan}.
 */
package org.openmargin.config.plan;
