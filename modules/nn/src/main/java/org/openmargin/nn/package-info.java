/**
 * The vocabulary of networks, losses and graphs: operands, variables, layers.
 *
 * <p>From a {@link org.openmargin.nn.Net} and operands to operands: a layer, a backbone or a loss
 * is a pure function, and all state lives in {@link org.openmargin.nn.Variables}.
 *
 * <p>Begin with {@link org.openmargin.nn.Net}, then read the contracts {@link
 * org.openmargin.nn.Backbone} and {@link org.openmargin.nn.OpenSetLoss}.
 */
package org.openmargin.nn;
