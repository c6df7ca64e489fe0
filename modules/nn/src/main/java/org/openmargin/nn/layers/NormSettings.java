package org.openmargin.nn.layers;

/**
 * How a batch norm counts and begins.
 *
 * @param momentum weight of the batch in the running statistics
 * @param epsilon added to the variance
 * @param firstScale initial scale: 1, or 0 for the last norm of a residual block, which then starts
 *     as its shortcut
 */
public record NormSettings(double momentum, double epsilon, double firstScale) {}
