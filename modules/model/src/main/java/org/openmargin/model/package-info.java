/**
 * Backbones.
 *
 * <p>From standardised images [batch, height, width, channels] to embeddings [batch, d].
 *
 * <p>Begin with {@link org.openmargin.model.ResNet}.
 */
package org.openmargin.model;
