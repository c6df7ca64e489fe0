/**
 * Explores the space of embeddings: PCA and exact t-SNE show it in two dimensions; distances in all
 * dimensions show how compact the known classes are and where unknown images lie between them. From
 * {@link org.openmargin.map.MapItem}s (images and prototypes with their embeddings) to an {@link
 * org.openmargin.map.EmbeddingMap}, in plain Java. Begin with {@link
 * org.openmargin.map.EmbeddingMap#of}.
 */
package org.openmargin.map;
