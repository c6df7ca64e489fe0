/**
 * Records that others can check: lines chained by their hashes, and names that only who has a key
 * can recognise. From events to a file, and from the file to its first broken line. Begin with
 * {@link org.openmargin.files.log.ChainedLog}.
 */
package org.openmargin.files.log;
