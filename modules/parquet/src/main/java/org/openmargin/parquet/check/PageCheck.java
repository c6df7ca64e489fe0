package org.openmargin.parquet.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;

/**
 * Walks over the levels and values of a page without reading them: no count in it may exceed the
 * page's. Source: Apache Parquet, format 2.12, Encodings.md.
 */
record PageCheck(ColumnDescriptor column) implements DataPage.Visitor<Boolean> {

  @Override
  public Boolean visit(DataPageV1 page) {
    var bytes = buffer(page.getBytes());
    if (column.getMaxDefinitionLevel() > 0) {
      var levels = new PageBytes(bytes);
      if (page.getDlEncoding() == Encoding.RLE) {
        new PageBytes(levels.section()).requireRuns(levelBits(), page.getValueCount());
      } else {
        levels.part((page.getValueCount() * (long) levelBits() + 7) / 8);
      }
    }
    values(bytes, page.getValueEncoding(), page.getValueCount());
    return true;
  }

  @Override
  public Boolean visit(DataPageV2 page) {
    if (column.getMaxDefinitionLevel() > 0) {
      new PageBytes(buffer(page.getDefinitionLevels()))
          .requireRuns(levelBits(), page.getValueCount());
    }
    values(buffer(page.getData()), page.getDataEncoding(), page.getValueCount());
    return true;
  }

  private int levelBits() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(column.getMaxDefinitionLevel());
  }

  private static void values(ByteBuffer bytes, Encoding encoding, int count) {
    var values = new PageBytes(bytes);
    if (encoding.usesDictionary()) {
      values.requireIndices(count);
      return;
    }
    switch (encoding) {
      case RLE -> new PageBytes(values.section()).requireRuns(1, count);
      case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY -> values.requireDeltas(count);
      case DELTA_BYTE_ARRAY -> {
        values.requireDeltas(count);
        values.requireDeltas(count);
      }
      default -> {
        // They say nothing of themselves.
      }
    }
  }

  private static ByteBuffer buffer(BytesInput bytes) {
    try {
      return ByteBuffer.wrap(bytes.toInputStream().readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }
}
