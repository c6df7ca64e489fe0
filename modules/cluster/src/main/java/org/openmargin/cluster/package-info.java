/**
 * Numbered trials on a cluster: their command and what they need go in, the files of a job array of
 * Slurm, of an Indexed Job of Kubernetes or of an application of Spark come out, and are handed to
 * {@code sbatch}, {@code kubectl} or {@code spark-submit}. A task knows only its number; all that
 * is learnt of it is in the folder that the tasks share.
 *
 * <p>Start with {@link org.openmargin.cluster.Scheduler}.
 */
package org.openmargin.cluster;
