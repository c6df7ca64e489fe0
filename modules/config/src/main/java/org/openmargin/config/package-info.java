/**
 * Reads experiments: turns a text proto and {@code --set} overrides into one {@code
 * ExperimentConfig} with every default spelled out, or reports all of its problems at once. Start
 * with {@link org.openmargin.config.Experiments}.
 */
package org.openmargin.config;
