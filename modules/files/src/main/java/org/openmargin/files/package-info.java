/**
 * Files and folders that are written whole or not at all, locked, hashed, and whose errors are
 * explained in words. Plain Java, without dependencies. Begin with {@link
 * org.openmargin.files.AtomicFile} and {@link org.openmargin.files.Folders}.
 */
package org.openmargin.files;
