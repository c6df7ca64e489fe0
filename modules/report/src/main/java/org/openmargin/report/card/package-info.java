/**
 * What goes with an exported model, in words. From an evaluation to a model card. Begin with {@link
 * org.openmargin.report.card.ModelCard}.
 */
package org.openmargin.report.card;
