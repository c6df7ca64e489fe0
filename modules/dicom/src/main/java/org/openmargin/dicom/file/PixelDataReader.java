package org.openmargin.dicom.file;

import java.util.ArrayList;
import java.util.List;

/** Finds the pixels (PS3.5, section 8 and annex A.4): their places, not their values. */
record PixelDataReader(DataBytes bytes) {
  private static final int OFFSET_BYTES = 4;

  PixelData read(ElementHead head) {
    if (head.undefined()) {
      return fragments();
    }
    var length = head.lengthWithin(bytes.length() - bytes.position());
    return new PixelData.Plain(part(length));
  }

  /** The offset table, the fragments and the delimiter behind them. */
  PixelData.Fragments fragments() {
    var offsets = offsets();
    var fragments = new ArrayList<PixelData.Part>();
    while (true) {
      var item = ElementHead.read(bytes, false);
      if (item.tag() == ElementHead.SEQUENCE_END) {
        return new PixelData.Fragments(offsets, fragments);
      }
      fragments.add(part(length(item)));
    }
  }

  private List<Long> offsets() {
    var table = length(ElementHead.read(bytes, false));
    if (table % OFFSET_BYTES != 0) {
      throw Refusals.damaged("has an offset table of %d bytes", table);
    }
    var offsets = new ArrayList<Long>();
    for (var i = 0; i < table / OFFSET_BYTES; i++) {
      offsets.add(bytes.longWord());
    }
    return offsets;
  }

  private int length(ElementHead item) {
    if (item.tag() != ElementHead.ITEM) {
      throw Refusals.damaged("has %s where a fragment of its pixels belongs", item);
    }
    return item.lengthWithin(bytes.length() - bytes.position());
  }

  private PixelData.Part part(int length) {
    var part = new PixelData.Part(bytes.position(), length);
    bytes.skip(length);
    return part;
  }
}
