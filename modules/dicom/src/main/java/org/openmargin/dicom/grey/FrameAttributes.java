package org.openmargin.dicom.grey;

import java.util.List;
import java.util.stream.Stream;
import org.openmargin.dicom.file.Attribute;
import org.openmargin.dicom.file.Attributes;

/**
 * Attributes of one frame: its own, else those of all frames, else those of the image (PS3.3,
 * section C.7.6.16).
 *
 * @param frame from 0
 */
record FrameAttributes(Attributes image, int frame) {

  /** The first that has an attribute, or the image. */
  Attributes with(Attribute attribute, Attribute group) {
    var own = image.items(Attribute.FRAME_GROUPS);
    return Stream.of(
            frame < own.size() ? List.of(own.get(frame)) : List.<Attributes>of(),
            image.items(Attribute.SHARED_GROUPS))
        .flatMap(List::stream)
        .flatMap(functional -> functional.items(group).stream())
        .filter(values -> values.has(attribute))
        .findFirst()
        .orElse(image);
  }
}
