/**
 * Reads text protos with a place for every problem. From text to a message builder, or to all
 * problems with line, column and suggestion. Begin with {@link
 * org.openmargin.config.text.TextParser}.
 */
package org.openmargin.config.text;
