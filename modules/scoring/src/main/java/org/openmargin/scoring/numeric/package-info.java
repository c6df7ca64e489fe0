/**
 * The mathematics that scorers share: vectors, scatter matrices, whitening, log-sum-exp, the
 * Weibull tail. From arrays of doubles to arrays of doubles. Begin with {@link
 * org.openmargin.scoring.numeric.Whitening}.
 */
package org.openmargin.scoring.numeric;
