/**
 * Tables that are not text: readers of further formats, found as services. From a file to named
 * columns of text. Begin with {@link org.openmargin.files.table.TableReader}.
 */
package org.openmargin.files.table;
