/**
 * Uses an exported model: the contract with its names, the check of a model against it, and the
 * classifier that runs it in the JVM. From a SavedModel directory to {@link
 * org.openmargin.serving.Classification}s; knows TensorFlow and the contract, but nothing about
 * training. Begin with {@link org.openmargin.serving.OpenSetClassifier}, then {@link
 * org.openmargin.serving.ModelContract}.
 */
package org.openmargin.serving;
