/**
 * Draws a map of embeddings. From an {@link org.openmargin.map.EmbeddingMap} to SVG, PNG, CSV and
 * files for TensorBoard's projector. Begin with {@link org.openmargin.map.picture.MapFiles}.
 */
package org.openmargin.map.picture;
