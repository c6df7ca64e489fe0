/**
 * Uses an exported model: the names it is known by, the check of its contract, and the classifier
 * that runs it in the JVM. From a SavedModel directory to {@link
 * org.openmargin.serving.Classification}s; knows TensorFlow and the contract, nothing of training.
 * Begin with {@link org.openmargin.serving.OpenSetClassifier}, then {@link
 * org.openmargin.serving.ModelContract}.
 */
package org.openmargin.serving;
