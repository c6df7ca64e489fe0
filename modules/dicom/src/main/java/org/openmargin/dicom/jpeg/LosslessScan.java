package org.openmargin.dicom.jpeg;

import java.util.List;
import org.openmargin.dicom.file.Refusals;

/**
 * One scan (ITU-T T.81, annex H): each sample is a difference from what its neighbours to the left
 * and above predict.
 */
record LosslessScan(FrameHeader frame, List<LosslessScan.Component> components, Coding coding) {

  /**
   * @param index of the component in a pixel
   * @param codes of its differences
   */
  record Component(int index, HuffmanCodes codes) {}

  /**
   * @param predictor 1 to 7
   * @param shift low bits that were left out
   * @param restart pixels between restarts; 0 for none
   */
  record Coding(int predictor, int shift, int restart) {}

  /**
   * @param samples {@code [rows, columns, components]}, to be filled
   */
  void decode(JpegSegments.JpegData data, short[] samples) {
    if (coding.restart() % frame.columns() != 0) {
      throw Refusals.damaged("has a JPEG frame with a restart within a row");
    }
    var rows = coding.restart() / frame.columns();
    for (var y = 0; y < frame.rows(); y++) {
      var fresh = y == 0 || (rows > 0 && y % rows == 0);
      if (fresh && y > 0) {
        data.restart(y / rows - 1);
      }
      row(data, samples, y, fresh);
    }
    if (coding.shift() > 0) {
      shift(samples);
    }
  }

  private void row(JpegSegments.JpegData data, short[] samples, int y, boolean fresh) {
    var step = frame.components();
    var stride = frame.columns() * step;
    for (var x = 0; x < frame.columns(); x++) {
      for (var component : components) {
        var at = y * stride + x * step + component.index();
        var predicted = prediction(samples, at, x == 0, fresh);
        samples[at] = (short) (predicted + component.codes().difference(data));
      }
    }
  }

  private int prediction(short[] samples, int at, boolean first, boolean fresh) {
    var step = frame.components();
    if (fresh) {
      return first ? 1 << (frame.precision() - coding.shift() - 1) : samples[at - step] & 0xffff;
    }
    var above = at - frame.columns() * step;
    var b = samples[above] & 0xffff;
    if (first) {
      return b;
    }
    var a = samples[at - step] & 0xffff;
    var c = samples[above - step] & 0xffff;
    return switch (coding.predictor()) {
      case 1 -> a;
      case 2 -> b;
      case 3 -> c;
      case 4 -> a + b - c;
      case 5 -> a + ((b - c) >> 1);
      case 6 -> b + ((a - c) >> 1);
      default -> (a + b) >> 1;
    };
  }

  private void shift(short[] samples) {
    for (var i = 0; i < samples.length; i += frame.components()) {
      for (var component : components) {
        samples[i + component.index()] <<= (short) coding.shift();
      }
    }
  }
}
