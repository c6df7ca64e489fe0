/**
 * Shows where a training step spends its time: by operation, by layer, forward and backward. From a
 * {@link org.openmargin.trainer.Trainer} to a {@link org.openmargin.profiler.Profile} and a trace
 * for Perfetto. Begin with {@link org.openmargin.profiler.Profiler}.
 */
package org.openmargin.profiler;
