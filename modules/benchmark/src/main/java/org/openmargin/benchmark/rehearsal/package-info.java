/**
 * Rehearsals: settings chosen from known classes alone, before any test image is seen.
 *
 * <p>Turns an experiment and a grid of candidates into trainings in which known classes pose as
 * unknown, and their results into one choice.
 *
 * <p>Begin with {@link org.openmargin.benchmark.rehearsal.Rehearsal}.
 */
package org.openmargin.benchmark.rehearsal;
