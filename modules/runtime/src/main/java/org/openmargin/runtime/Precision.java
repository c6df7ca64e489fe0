package org.openmargin.runtime;

/** Element type of activations in training; weights are always float32. */
public enum Precision {
  FLOAT32,
  /** On a CPU through oneDNN's graph rewriter, on a GPU through explicit casts. */
  BFLOAT16
}
