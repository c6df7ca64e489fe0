/**
 * {@code --audit FILE} and the command {@code audit verify}: from what a command did to lines of a
 * log that cannot be changed unnoticed. Begin with {@link org.openmargin.cli.audit.AuditOption}.
 */
package org.openmargin.cli.audit;
