/**
 * The unknown scores as operations of a graph. From a network's outputs and a fitted scorer to one
 * score per image, in the evaluation's doubles or in floats and plain operations. Begin with {@link
 * org.openmargin.exporter.score.UnknownScoreGraph}.
 */
package org.openmargin.exporter.score;
