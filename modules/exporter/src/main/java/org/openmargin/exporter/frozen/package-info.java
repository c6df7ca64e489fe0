/**
 * A graph whose weights are constants: smaller, faster, and what other runtimes read. From a graph
 * with variables and their values to one without. Begin with {@link
 * org.openmargin.exporter.frozen.FrozenGraph}.
 */
package org.openmargin.exporter.frozen;
