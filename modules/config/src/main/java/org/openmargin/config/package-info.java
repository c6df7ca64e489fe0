/**
 * Reads experiments. From a text proto and {@code --set} overrides to one {@code ExperimentConfig}
 * in which every default is spelled out, or to all of its problems at once. Begin at {@link
 * org.openmargin.config.Experiments}.
 */
package org.openmargin.config;
