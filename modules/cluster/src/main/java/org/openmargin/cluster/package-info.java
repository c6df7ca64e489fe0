/**
 * Numbered trials on a cluster: their command and what they need go in, the files of a job array of
 * Slurm or of an Indexed Job of Kubernetes come out, and are handed to {@code sbatch} or {@code
 * kubectl}. A task knows only its number; all that is learnt of it is in the folder that the tasks
 * share.
 *
 * <p>Start with {@link org.openmargin.cluster.Scheduler}.
 */
package org.openmargin.cluster;
