/**
 * How long an exported model takes. From a loaded model to times by batch size, for the
 * configuration of a server. Begin with {@link org.openmargin.exporter.timing.BatchTimes}.
 */
package org.openmargin.exporter.timing;
