/**
 * The open-set test rehearsed among known classes: from the data set of a test to that of its
 * rehearsal, without test images. Begin with {@link org.openmargin.data.rehearsal.Rehearsal}.
 */
package org.openmargin.data.rehearsal;
