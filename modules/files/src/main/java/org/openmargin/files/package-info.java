/**
 * Files and folders: atomic writes, locks, hashes, and errors explained in words. Plain Java,
 * without dependencies. Start with {@link org.openmargin.files.AtomicFile} and {@link
 * org.openmargin.files.Folders}.
 */
package org.openmargin.files;
