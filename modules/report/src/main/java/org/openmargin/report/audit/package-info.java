/**
 * The findings of an audit of images: from a message to lines of text, and to a page or a section
 * of a report. Begin with {@link org.openmargin.report.audit.AuditSection}.
 */
package org.openmargin.report.audit;
