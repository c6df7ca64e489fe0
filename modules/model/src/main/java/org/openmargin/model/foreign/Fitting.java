package org.openmargin.model.foreign;

import org.openmargin.model.foreign.ForeignNetwork.Taken;
import org.openmargin.model.foreign.PixelConvention.Layout;
import org.openmargin.model.foreign.SavedModelBackbone.Settings;
import org.openmargin.nn.InputFormat;
import org.tensorflow.proto.DataType;

/** Whether images can be brought to what a foreign graph takes. */
record Fitting(Ends ends, Settings.Input input) {
  private static final int ANY = -1;

  /**
   * @throws IllegalArgumentException if they cannot
   */
  Taken to(InputFormat format) {
    var last = input.pixels().layout() == Layout.CHANNELS_LAST;
    var height = side(size(last ? 1 : 2), "high", format.height());
    var width = side(size(last ? 2 : 3), "wide", format.width());
    var channels = channels(size(last ? 3 : 1), format.channels());
    input.pixels().requireFit(channels);
    if (input.pixels().order() == PixelConvention.Order.BGR && channels != 3) {
      throw new IllegalArgumentException("channel_order BGR needs three channels");
    }
    if (ends.type() == DataType.DT_UINT8 && !input.pixels().isRaw()) {
      throw new IllegalArgumentException(
          "its input is uint8, so pixels must be raw: it cannot take normalised ones");
    }
    return new Taken(ends.type(), height, width, channels);
  }

  private int size(int index) {
    return ends.sizes().isEmpty() ? ANY : Math.toIntExact(ends.sizes().get(index));
  }

  private int side(int fixed, String what, int ofImages) {
    var wanted = input.sidePx();
    if (fixed > 0 && wanted > 0 && fixed != wanted) {
      throw new IllegalArgumentException(
          "input_size_px is %d, but its input is %d px %s".formatted(wanted, fixed, what));
    }
    return fixed > 0 ? fixed : wanted > 0 ? wanted : ofImages;
  }

  private int channels(int fixed, int ofImages) {
    if (fixed > 0 && fixed != 1 && fixed != 3) {
      throw new IllegalArgumentException(
          "its input has %d channels by layout %s; it must have 3 or 1%s"
              .formatted(fixed, input.pixels().layout(), otherLayout()));
    }
    if (fixed == 1 && ofImages == 3) {
      throw new IllegalArgumentException(
          "it takes grey images, these have 3 channels: read them as grey, for folders with data.folder.channels=1");
    }
    return fixed > 0 ? fixed : ofImages;
  }

  private String otherLayout() {
    var other = size(input.pixels().layout() == Layout.CHANNELS_LAST ? 1 : 3);
    return other == 3 || other == 1 ? "; set layout to the other one" : "";
  }
}
