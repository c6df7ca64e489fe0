/**
 * The command line {@code openmargin}: arguments in, printed lines and exit codes out.
 *
 * <p>Every command turns its arguments into a call of the Java API in module experiment and prints
 * what comes back; nothing is decided here.
 *
 * <p>Begin with {@link org.openmargin.cli.OpenMargin}, then read {@link
 * org.openmargin.cli.run.TrainCommand}.
 */
package org.openmargin.cli;
