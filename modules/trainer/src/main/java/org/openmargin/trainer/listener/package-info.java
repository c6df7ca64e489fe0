/**
 * Listeners that write what they are told of a training: to a terminal, to a file of metrics, to
 * TensorBoard. From progress and validations to lines and events. Begin with {@link
 * org.openmargin.trainer.listener.MetricsJsonl}.
 */
package org.openmargin.trainer.listener;
