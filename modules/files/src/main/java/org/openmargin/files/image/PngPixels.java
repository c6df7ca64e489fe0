package org.openmargin.files.image;

import java.util.Iterator;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The uncompressed data of a PNG file, row by row. */
final class PngPixels {
  private final Inflater inflater;
  private final Iterator<byte[]> pieces;
  private byte[] buffer = new byte[0];

  PngPixels(Inflater inflater, List<byte[]> pieces) {
    this.inflater = inflater;
    this.pieces = pieces.iterator();
  }

  /**
   * Reads a row.
   *
   * @param bytes without the filter's
   * @return the filter
   */
  int row(int bytes) throws DataFormatException {
    if (buffer.length < bytes + 1) {
      buffer = new byte[bytes + 1];
    }
    for (var read = 0; read < bytes + 1; ) {
      var more = inflater.inflate(buffer, read, bytes + 1 - read);
      if (more == 0 && !feed()) {
        throw ImageFileException.damaged("the PNG data end before the image does");
      }
      read += more;
    }
    return buffer[0] & 0xff;
  }

  /** The checksum of the data is behind them, so they must be read to their end. */
  void mustEnd() throws DataFormatException {
    var rest = new byte[64];
    while (!inflater.finished()) {
      if (inflater.inflate(rest) == 0 && !inflater.finished() && !feed()) {
        throw ImageFileException.damaged("the PNG data have no end");
      }
    }
  }

  private boolean feed() {
    if (inflater.finished() || inflater.needsDictionary() || !pieces.hasNext()) {
      return false;
    }
    inflater.setInput(pieces.next());
    return true;
  }
}
