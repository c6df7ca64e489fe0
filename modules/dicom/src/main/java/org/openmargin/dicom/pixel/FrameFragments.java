package org.openmargin.dicom.pixel;

import java.util.List;
import org.openmargin.dicom.file.PixelData.Fragments;
import org.openmargin.dicom.file.PixelData.Part;
import org.openmargin.dicom.file.Refusals;

/** Which fragments belong to a frame (PS3.5, annex A.4). */
final class FrameFragments {
  private FrameFragments() {}

  /** Their bytes, joined. */
  static byte[] join(byte[] bytes, Fragments data, int frame, int frames) {
    if (frames == 1) {
      mustBeOne(bytes, data);
    }
    var parts = parts(data, frame, frames);
    var joined = new byte[parts.stream().mapToInt(Part::length).sum()];
    var at = 0;
    for (var part : parts) {
      System.arraycopy(bytes, part.from(), joined, at, part.length());
      at += part.length();
    }
    return joined;
  }

  /** A file may promise one frame and hold several, of which all but the first would be dropped. */
  private static void mustBeOne(byte[] bytes, Fragments data) {
    var images = data.fragments().stream().filter(part -> isJpeg(bytes, part)).count();
    if (data.offsets().size() > 1 || images > 1) {
      throw Refusals.damaged(
          "promises one frame, but has %d", Math.max(images, data.offsets().size()));
    }
  }

  private static boolean isJpeg(byte[] bytes, Part part) {
    return part.length() > 2
        && (bytes[part.from()] & 0xff) == 0xff
        && (bytes[part.from() + 1] & 0xff) == 0xd8
        && (bytes[part.from() + 2] & 0xff) == 0xff;
  }

  private static List<Part> parts(Fragments data, int frame, int frames) {
    var all = data.fragments();
    if (all.size() < frames) {
      throw Refusals.damaged("has %d fragments for %d frames", all.size(), frames);
    }
    if (frames == 1) {
      return all;
    }
    if (all.size() == frames) {
      return all.subList(frame, frame + 1);
    }
    if (data.offsets().size() != frames) {
      throw Refusals.unsupported(
          "with %d fragments for %d frames and %d offsets is not read: which belong together?",
          all.size(), frames, data.offsets().size());
    }
    var from = index(data, frame);
    var to = frame + 1 == frames ? all.size() : index(data, frame + 1);
    if (from >= to) {
      throw Refusals.damaged("has an offset table out of order at frame %d", frame + 1);
    }
    return all.subList(from, to);
  }

  private static int index(Fragments data, int frame) {
    var start = data.fragments().get(0).from();
    for (var i = 0; i < data.fragments().size(); i++) {
      if (data.fragments().get(i).from() - start == data.offsets().get(frame)) {
        return i;
      }
    }
    throw Refusals.damaged(
        "has an offset of %d bytes for frame %d, where no fragment begins",
        data.offsets().get(frame), frame + 1);
  }
}
