/**
 * Measures of open-set identification by a gallery, and of embeddings for classes that were not
 * trained on. From {@link org.openmargin.scoring.identification.Identifications} or labelled
 * embeddings to numbers in [0, 1]. Begin with {@link
 * org.openmargin.scoring.identification.IdentificationMetric}.
 */
package org.openmargin.scoring.identification;
