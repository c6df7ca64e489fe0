/**
 * What all commands share: printing, exit codes, options. Begin with {@link
 * org.openmargin.cli.console.Console}, then {@link org.openmargin.cli.console.ExitCodes}.
 */
package org.openmargin.cli.console;
