/**
 * What is wrong with the images of an experiment, before anything is trained. From a data set to
 * findings as a message, with pictures, and to leaks that stop a training. Begin with {@link
 * org.openmargin.experiment.audit.AuditedData}.
 */
package org.openmargin.experiment.audit;
