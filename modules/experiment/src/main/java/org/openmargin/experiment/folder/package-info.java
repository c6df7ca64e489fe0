/**
 * The folder of a run: its files, and the lock for writing there. From a path to files that are
 * read and written whole. Begin with {@link org.openmargin.experiment.folder.RunFolder}.
 */
package org.openmargin.experiment.folder;
