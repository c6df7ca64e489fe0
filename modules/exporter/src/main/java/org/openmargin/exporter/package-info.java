/**
 * The way from a trained network to a served model: inference graph, signatures, SavedModel,
 * verification.
 *
 * <p>From an {@link org.openmargin.exporter.ExportRequest} (network, checkpoint, decision, golden
 * images) to a version directory in TensorFlow Serving's layout.
 *
 * <p>Begin with {@link org.openmargin.exporter.Exporter}, then {@link
 * org.openmargin.exporter.ServingGraph} and {@link org.openmargin.serving.OpenSetClassifier}.
 */
package org.openmargin.exporter;
