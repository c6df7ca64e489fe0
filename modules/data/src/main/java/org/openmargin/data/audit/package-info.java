/**
 * What is wrong with a data set before anything is trained on it: from labelled images to findings,
 * such as images that training and test share. Begin with {@link
 * org.openmargin.data.audit.DataAudit}.
 */
package org.openmargin.data.audit;
