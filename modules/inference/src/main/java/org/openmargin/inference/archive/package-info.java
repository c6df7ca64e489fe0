/**
 * Scores an archive of images. From a folder or a manifest to one file of answers, in shards, so
 * that a run that was killed resumes where it was. Begin with {@link
 * org.openmargin.inference.archive.ArchiveScoring}.
 */
package org.openmargin.inference.archive;
