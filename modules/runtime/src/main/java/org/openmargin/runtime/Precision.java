package org.openmargin.runtime;

/** Element type of activations in training; weights are always float32. */
public enum Precision {
  FLOAT32,
  /** On a CPU by oneDNN's graph rewriter, on a GPU by explicit casts. */
  BFLOAT16
}
