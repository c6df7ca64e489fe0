package org.openmargin.data.division;

import org.openmargin.data.DataException;

/**
 * The test part as one of k equal folds, which together hold every image once.
 *
 * @param count k, at least 2
 * @param index of the test part, 0..k-1
 */
public record Fold(int count, int index) {
  public Fold {
    if (count < 2 || index < 0 || index >= count) {
      throw new DataException(
          "fold %d of %d: there must be at least 2 folds, numbered from 0".formatted(index, count));
    }
  }
}
