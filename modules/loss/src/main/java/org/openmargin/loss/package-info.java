/**
 * Open-set losses, one per file, each with its head.
 *
 * <p>From embeddings [batch, d] and labels [batch] to a scalar loss, and from embeddings to the
 * logits used for decisions.
 *
 * <p>Begin with {@link org.openmargin.loss.Omcl}.
 */
package org.openmargin.loss;
