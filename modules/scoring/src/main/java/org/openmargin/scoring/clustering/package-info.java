/**
 * Groups embeddings without being told how many groups there are, and compares groups with true
 * classes. From embeddings to {@link org.openmargin.scoring.clustering.Clustering}s, and from those
 * to numbers. Begin with {@link org.openmargin.scoring.clustering.Hdbscan}.
 */
package org.openmargin.scoring.clustering;
