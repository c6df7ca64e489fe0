/**
 * Files, folders and processes: atomic writes, locks, hashes, errors explained in words, children
 * that end with their parent. Plain Java, without dependencies. Start with {@link
 * org.openmargin.files.AtomicFile} and {@link org.openmargin.files.Folders}.
 */
package org.openmargin.files;
