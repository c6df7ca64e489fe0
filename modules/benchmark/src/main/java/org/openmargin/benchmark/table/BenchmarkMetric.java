package org.openmargin.benchmark.table;

/** What benchmarks compare; fractions, higher is better. */
public enum BenchmarkMetric {
  /** Accuracy on known test images. */
  ACC,
  /** Area under the ROC curve, unknown against known. */
  AUROC,
  /** Area under the curve of correct classification rate against false positive rate. */
  OSCR
}
