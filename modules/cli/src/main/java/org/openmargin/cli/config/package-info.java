/**
 * The commands {@code config init, validate, explain, diff}. Begin with {@link
 * org.openmargin.cli.config.ConfigCommand}.
 */
package org.openmargin.cli.config;
