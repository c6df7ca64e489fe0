/**
 * Guice modules that turn the sections of an experiment into objects. From an {@code
 * ExperimentConfig} to a {@link org.openmargin.experiment.wiring.Recipe}. Begin with {@link
 * org.openmargin.experiment.wiring.ExperimentModule}.
 */
package org.openmargin.experiment.wiring;
