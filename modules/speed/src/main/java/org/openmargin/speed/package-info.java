/**
 * How fast an exported model answers: the classifier, bare TensorFlow Java, Python TensorFlow.
 *
 * <p>From a ResNet-18 with fresh weights, exported as users export, to latencies, images per second
 * and ratios; JMH measures each contestant alone, {@link org.openmargin.speed.SideBySide} lets them
 * take turns.
 *
 * <p>Begin with {@code tools/benchmarks/inference/run}, then {@link
 * org.openmargin.speed.Contestant}.
 */
package org.openmargin.speed;
