package org.openmargin.dicom.jpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openmargin.dicom.file.Refusals;

/**
 * A lossless JPEG image (ITU-T T.81, annexes B and H), read up to its first scan.
 *
 * <p>Sequential, with Huffman codes, any of the seven predictors, a point transform, restart
 * intervals, and components in one scan or in one each; no components of different sizes.
 */
public final class LosslessJpeg {
  private static final int START = 0xffd8;
  private static final int END = 0xffd9;
  private static final int FRAME = 0xffc3;
  private static final int TABLES = 0xffc4;
  private static final int SCAN = 0xffda;
  private static final int RESTARTS = 0xffdd;
  private static final int FIRST_APPLICATION = 0xffe0;
  private static final int LAST_APPLICATION = 0xffef;
  private static final int COMMENT = 0xfffe;

  private final JpegSegments segments;
  private final Map<Integer, HuffmanCodes> tables = new TreeMap<>();
  private final List<Integer> left = new ArrayList<>();
  private FrameHeader frame = FrameHeader.NONE;
  private int restart;

  private LosslessJpeg(JpegSegments segments) {
    this.segments = segments;
  }

  /**
   * @throws org.openmargin.files.image.ImageFileException in one line, if it is damaged or of
   *     another kind of JPEG
   */
  public static LosslessJpeg read(byte[] file) {
    var jpeg = new LosslessJpeg(new JpegSegments(file));
    if (jpeg.segments.marker() != START) {
      throw Refusals.damaged("has a frame that is no JPEG image");
    }
    jpeg.toScan();
    return jpeg;
  }

  public FrameHeader frame() {
    return frame;
  }

  /** {@code [rows, columns, components]}, row-major; to be called once. */
  public short[] decode() {
    var pixels = frame.rows() * frame.columns();
    if (segments.remaining() * 8L < pixels) {
      throw Refusals.damaged("has %d bytes of JPEG for %d pixels", segments.remaining(), pixels);
    }
    var samples = new short[pixels * frame.components()];
    while (true) {
      var scan = scan();
      scan.decode(segments.data(), samples);
      if (left.isEmpty()) {
        return samples;
      }
      toScan();
    }
  }

  /** Reads segments up to the header of the next scan. */
  private void toScan() {
    while (true) {
      var marker = segments.marker();
      if (marker == END) {
        throw Refusals.damaged("has a JPEG frame that ends before its pixels");
      }
      segments.open();
      if (marker == SCAN) {
        if (frame.names().isEmpty()) {
          throw Refusals.damaged("has a JPEG frame without a header");
        }
        return;
      }
      segment(marker);
    }
  }

  private void segment(int marker) {
    if (marker == FRAME) {
      header();
    } else if (marker == TABLES) {
      while (segments.inside()) {
        tables.put(segments.next(), HuffmanCodes.read(segments));
      }
    } else if (marker == RESTARTS) {
      restart = segments.word();
    } else if ((marker < FIRST_APPLICATION || marker > LAST_APPLICATION) && marker != COMMENT) {
      throw Refusals.damaged(
          "has a JPEG frame with marker %04X, which lossless JPEG does not have", marker);
    }
    segments.close();
  }

  private void header() {
    if (!frame.names().isEmpty()) {
      throw Refusals.damaged("has a JPEG frame with two headers");
    }
    frame = FrameHeader.read(segments);
    left.addAll(frame.names());
  }

  private LosslessScan scan() {
    var count = segments.next();
    var components = new ArrayList<LosslessScan.Component>();
    for (var i = 0; i < count; i++) {
      var name = segments.next();
      var table = tables.get(segments.next() >> 4);
      if (!left.remove(Integer.valueOf(name)) || table == null) {
        throw Refusals.damaged("has a JPEG scan of a component that is not there");
      }
      components.add(new LosslessScan.Component(frame.names().indexOf(name), table));
    }
    var predictor = segments.next();
    segments.next();
    var shift = segments.next() & 0xf;
    segments.close();
    if (count == 0 || predictor < 1 || predictor > 7 || shift >= frame.precision()) {
      throw Refusals.damaged("has a JPEG scan with predictor %d and shift %d", predictor, shift);
    }
    return new LosslessScan(frame, components, new LosslessScan.Coding(predictor, shift, restart));
  }
}
