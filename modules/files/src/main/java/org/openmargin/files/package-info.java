/**
 * What every module needs of files: they are written whole or not at all, and what goes wrong with
 * them is said in words. Plain Java, without dependencies. Begin with {@link
 * org.openmargin.files.AtomicFile}.
 */
package org.openmargin.files;
