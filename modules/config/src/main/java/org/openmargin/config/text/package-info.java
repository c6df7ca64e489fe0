/**
 * Reads text protos and locates every problem: turns text into a message builder, or reports all
 * problems with line, column and suggestion. Start with {@link
 * org.openmargin.config.text.TextParser}.
 */
package org.openmargin.config.text;
