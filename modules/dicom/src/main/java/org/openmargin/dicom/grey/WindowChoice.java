package org.openmargin.dicom.grey;

import java.util.Arrays;
import org.openmargin.dicom.file.Attribute;
import org.openmargin.dicom.file.Refusals;
import org.openmargin.dicom.pixel.StoredFrame;
import org.openmargin.files.image.LevelRule.Function;
import org.openmargin.files.image.LevelRule.Window;

/** The window of one frame by a rule. */
record WindowChoice(StoredFrame frame, FrameAttributes attributes, Rescale rescale) {

  VoiWindow of(Window rule) {
    if (rule instanceof Window.Fixed fixed) {
      return new VoiWindow(fixed.centre(), fixed.width(), fixed.function());
    }
    if (rule instanceof Window.Percentiles percentiles) {
      return between(percentiles.low(), percentiles.high());
    }
    return proposed() ? ofFile() : between(0, 100);
  }

  /** Whether the file proposes a window. */
  boolean proposed() {
    var values = attributes.with(Attribute.WINDOW_CENTRE, Attribute.FRAME_VOI);
    if (!values.has(Attribute.WINDOW_CENTRE) && !values.items(Attribute.VOI_LUT).isEmpty()) {
      throw Refusals.unsupported(
          "with a %s in place of a window is not read: set a fixed window or percentiles",
          Attribute.VOI_LUT);
    }
    return values.has(Attribute.WINDOW_CENTRE);
  }

  private VoiWindow ofFile() {
    var values = attributes.with(Attribute.WINDOW_CENTRE, Attribute.FRAME_VOI);
    var centre = values.decimals(Attribute.WINDOW_CENTRE);
    var width = values.decimals(Attribute.WINDOW_WIDTH);
    var name = values.text(Attribute.WINDOW_FUNCTION).orElse("LINEAR");
    var function =
        Arrays.stream(Function.values())
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(
                () -> Refusals.unsupported("with this %s is not read", Attribute.WINDOW_FUNCTION));
    if (width.length == 0 || !(width[0] >= (function == Function.LINEAR ? 1 : 1e-6))) {
      throw Refusals.damaged("has a window without a usable %s", Attribute.WINDOW_WIDTH);
    }
    return new VoiWindow(centre[0], width[0], function);
  }

  /** With a negative slope, large stored values are small ones. */
  private VoiWindow between(double low, double high) {
    var counts = ValueCounts.of(frame, attributes);
    var first = rescale.value(counts.percentile(low).orElse(0));
    var last = rescale.value(counts.percentile(high).orElse(0));
    if (rescale.slope() < 0) {
      first = rescale.value(counts.percentile(100 - low).orElse(0));
      last = rescale.value(counts.percentile(100 - high).orElse(0));
    }
    return VoiWindow.between(first, last);
  }
}
