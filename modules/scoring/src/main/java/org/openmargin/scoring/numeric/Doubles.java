package org.openmargin.scoring.numeric;

import java.util.Arrays;

/** A growing list of doubles without a box around each. */
public final class Doubles {
  private double[] values = new double[1024];
  private int size;

  public void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.addExact(size, size / 2));
    }
    values[size++] = value;
  }

  public int size() {
    return size;
  }

  public double[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
