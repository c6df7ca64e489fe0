/**
 * The gate before a model goes into service: from a version's folder to findings, without trusting
 * anything in it. What can be read is read before TensorFlow loads anything, so that no operation
 * of a strange graph runs; only then are requests sent whose answers are known. Begin with {@link
 * org.openmargin.serving.gate.ModelGate}.
 */
package org.openmargin.serving.gate;
