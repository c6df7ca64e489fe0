package org.openmargin.parquet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.openmargin.files.table.TableFileException;
import org.openmargin.files.table.TableReader;
import org.openmargin.files.table.TableRows;

/**
 * Reads the columns of a Parquet file that are text, numbers or truth values, by Apache's reader. A
 * struct with a text {@code path}, as Hugging Face writes images, counts as a column of its paths.
 * Other nested columns, lists and bytes are left out.
 */
public final class ParquetTable implements TableReader {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);

  @Override
  public String format() {
    return "Parquet";
  }

  @Override
  public boolean reads(byte[] head) {
    return begins(head, MAGIC) || begins(head, ENCRYPTED);
  }

  private static boolean begins(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }

  @Override
  public TableRows read(Path file) {
    var options =
        new ParquetReadOptions.Builder(new PlainParquetConfiguration())
            .withCodecFactory(new Decompression())
            .withUseHadoopVectoredIo(false)
            .withPageChecksumVerification(true)
            .build();
    try (var reader = new ParquetFileReader(new LocalInputFile(file), options)) {
      requireInside(reader.getRowGroups(), Files.size(file));
      var columns = Columns.of(reader.getFileMetaData().getSchema());
      var rows = new ArrayList<List<String>>();
      reader.setRequestedSchema(columns.schema());
      for (var pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        add(rows, pages, columns);
      }
      return new TableRows(columns.names(), rows, columns.leftOut());
    } catch (IOException e) {
      throw damaged(e);
    } catch (TableFileException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      // The reader throws many kinds for damaged files.
      throw damaged(e);
    } catch (OutOfMemoryError e) {
      throw new TableFileException("too large for a manifest, or damaged", e);
    }
  }

  private static TableFileException damaged(Throwable e) {
    var cause = e.getCause() instanceof TableFileException ? e.getCause() : e;
    if (cause instanceof TableFileException known) {
      return known;
    }
    // What other exceptions say is for those who know the reader.
    var text =
        e instanceof IOException || e instanceof ParquetRuntimeException
            ? Optional.ofNullable(e.getMessage()).orElse("").lines().findFirst().orElse("")
            : "";
    return new TableFileException(
        "a damaged Parquet file: " + (text.isEmpty() ? "its parts do not fit together" : text), e);
  }

  /** Memory is taken for what is said to be read. */
  private static void requireInside(List<BlockMetaData> groups, long length) {
    for (var group : groups) {
      for (var column : group.getColumns()) {
        var start = column.getStartingPos();
        var size = column.getTotalSize();
        if (start < 0 || size < 0 || start > length || size > length - start) {
          throw new TableFileException(
              "a damaged Parquet file: column %s is said to have %d bytes from byte %d, and the file has %d"
                  .formatted(column.getPath().toDotString(), size, start, length));
        }
      }
    }
  }

  private static void add(List<List<String>> rows, PageReadStore pages, Columns columns) {
    var schema = columns.schema();
    if (columns.all().isEmpty()) {
      return;
    }
    var io = new ColumnIOFactory().getColumnIO(schema);
    var records = io.getRecordReader(new CheckedPages(pages), new GroupRecordConverter(schema));
    for (var row = 0L; row < pages.getRowCount(); row++) {
      rows.add(columns.cells(records.read()));
    }
  }
}
