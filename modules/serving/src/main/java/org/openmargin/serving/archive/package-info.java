/**
 * What is the same for every way to score an archive, in this JVM or on a cluster. From contents of
 * files to rows of one table. Begin with {@link org.openmargin.serving.archive.FixedBatches}.
 */
package org.openmargin.serving.archive;
