/**
 * Trials of a benchmark plan as tasks of Spark, for those who have no other cluster. From numbers
 * of trials to processes of {@code openmargin benchmark run --index} on executors; the shared
 * folder is their only channel. Begin with {@link org.openmargin.spark.trial.TrialJob}.
 */
package org.openmargin.spark.trial;
