package org.openmargin.parquet.check;

import java.util.Optional;
import java.util.PrimitiveIterator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;

/**
 * Pages of columns that do not repeat, each compared with what it says of itself: Apache's reader
 * takes memory for that.
 */
public record CheckedPages(PageReadStore pages) implements PageReadStore {
  /** Bytes of the smallest value that a dictionary holds. */
  private static final int SMALLEST = 4;

  @Override
  public PageReader getPageReader(ColumnDescriptor column) {
    var reader = pages.getPageReader(column);
    if (reader.getTotalValueCount() != getRowCount()) {
      throw ParquetDamage.of(
          "column %s has %d values for %d rows"
              .formatted(
                  String.join(".", column.getPath()), reader.getTotalValueCount(), getRowCount()));
    }
    return new CheckedReader(column, reader);
  }

  @Override
  public long getRowCount() {
    return pages.getRowCount();
  }

  @Override
  public Optional<Long> getRowIndexOffset() {
    return pages.getRowIndexOffset();
  }

  @Override
  public Optional<PrimitiveIterator.OfLong> getRowIndexes() {
    return pages.getRowIndexes();
  }

  @Override
  public void close() {
    pages.close();
  }

  private record CheckedReader(ColumnDescriptor column, PageReader reader) implements PageReader {

    @Override
    public DictionaryPage readDictionaryPage() {
      var page = reader.readDictionaryPage();
      if (page != null && (long) page.getDictionarySize() * SMALLEST > page.getBytes().size()) {
        throw ParquetDamage.of(
            "a dictionary of %d values in %d bytes"
                .formatted(page.getDictionarySize(), page.getBytes().size()));
      }
      return page;
    }

    @Override
    public long getTotalValueCount() {
      return reader.getTotalValueCount();
    }

    @Override
    public DataPage readPage() {
      var page = reader.readPage();
      if (page == null) {
        throw ParquetDamage.of("a page is missing");
      }
      page.accept(new PageCheck(column));
      return page;
    }
  }
}
