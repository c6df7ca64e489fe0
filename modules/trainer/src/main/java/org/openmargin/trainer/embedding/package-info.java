/**
 * Embeddings of a frozen backbone, kept as if they were images. From images to embeddings that
 * training reads as it reads images. Begin with {@link
 * org.openmargin.trainer.embedding.StoredEmbeddings}.
 */
package org.openmargin.trainer.embedding;
