/**
 * The commands that make or use a run: {@code train, evaluate, report, export, map, profile,
 * quickstart}. Begin with {@link org.openmargin.cli.run.TrainCommand}.
 */
package org.openmargin.cli.run;
