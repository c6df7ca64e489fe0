/**
 * The composition root and the Java API: an experiment is read, trained, evaluated and exported.
 *
 * <p>From an {@code experiment.textproto} to a run folder, and from a run folder to a report and a
 * SavedModel. Guice wires the parts, hidden unless wanted.
 *
 * <p>Begin with {@link org.openmargin.experiment.Experiment}.
 */
package org.openmargin.experiment;
