/**
 * Layers as pure functions on operands, and the fast convolutions below them. From a {@link
 * org.openmargin.nn.Net} and an operand to an operand. Begin with {@link
 * org.openmargin.nn.layers.Layers}, then {@link org.openmargin.nn.layers.Winograd}.
 */
package org.openmargin.nn.layers;
