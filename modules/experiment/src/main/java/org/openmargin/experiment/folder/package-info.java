/**
 * The folder of a run: which files it holds, and who may write there. From a path to files that are
 * read and written whole. Begin with {@link org.openmargin.experiment.folder.RunFolder}.
 */
package org.openmargin.experiment.folder;
