/**
 * Where and how TensorFlow runs, and where images are kept. From the section {@code runtime} of an
 * experiment to loaded libraries and settings. Begin with {@link
 * org.openmargin.experiment.wiring.runtime.RuntimeModule}.
 */
package org.openmargin.experiment.wiring.runtime;
