/**
 * The way from a trained network to a model that is served: inference graph, signatures,
 * SavedModel, checks, and the classifier that runs it in the JVM.
 *
 * <p>From an {@link org.openmargin.exporter.ExportRequest} (network, checkpoint, decision, golden
 * images) to a version directory in TensorFlow Serving's layout, and from such a directory to
 * {@link org.openmargin.serving.Classification}s.
 *
 * <p>Begin with {@link org.openmargin.exporter.Exporter}, then {@link
 * org.openmargin.exporter.ServingGraph} and {@link org.openmargin.serving.OpenSetClassifier}.
 */
package org.openmargin.exporter;
