/**
 * The next version of an exported model, made of the files of one before and what has changed.
 * Begin with {@link org.openmargin.exporter.version.NextVersion}.
 */
package org.openmargin.exporter.version;
