/**
 * Uses an exported model on many files. From image files to their {@link
 * org.openmargin.inference.FileAnswer}s, in parallel and in order; the packages below make of them
 * galleries, discovered classes and scored archives. Begin with {@link
 * org.openmargin.inference.FileClassifier}.
 */
package org.openmargin.inference;
