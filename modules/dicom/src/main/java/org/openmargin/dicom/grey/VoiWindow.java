package org.openmargin.dicom.grey;

import org.openmargin.files.image.LevelRule.Function;

/**
 * From values to levels (PS3.3, section C.11.2.1.2-3), with {@code y} from 0 to 255, centre {@code
 * c} and width {@code w}:
 *
 * <ul>
 *   <li>LINEAR: {@code y = 255 ((x - (c - 0.5)) / (w - 1) + 0.5)};
 *   <li>LINEAR_EXACT: {@code y = 255 ((x - c) / w + 0.5)};
 *   <li>SIGMOID: {@code y = 255 / (1 + exp(-4 (x - c) / w))}.
 * </ul>
 */
record VoiWindow(double centre, double width, Function function) {

  /** Values from {@code low}, black, to {@code high}, white. */
  static VoiWindow between(double low, double high) {
    return new VoiWindow((low + high) / 2, high - low, Function.LINEAR_EXACT);
  }

  /** 0 to 255, rounded half up. */
  int level(double value) {
    return (int) Math.floor(255 * share(value) + 0.5);
  }

  /** From black, 0, to white, 1. */
  private double share(double x) {
    if (function == Function.SIGMOID) {
      return 1 / (1 + Math.exp(-4 * (x - centre) / width));
    }
    var middle = function == Function.LINEAR ? centre - 0.5 : centre;
    var span = function == Function.LINEAR ? width - 1 : width;
    if (x <= middle - span / 2) {
      return 0;
    }
    return x > middle + span / 2 ? 1 : (x - middle) / span + 0.5;
  }
}
