/**
 * The command {@code metrics}: scores answers of any toolkit. Begin with {@link
 * org.openmargin.cli.metrics.MetricsCommand}.
 */
package org.openmargin.cli.metrics;
