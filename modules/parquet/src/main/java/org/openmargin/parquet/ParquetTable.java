package org.openmargin.parquet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
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
    var text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new TableFileException("a damaged Parquet file: " + text, e);
  }

  private static void add(List<List<String>> rows, PageReadStore pages, Columns columns) {
    var schema = columns.schema();
    var io = new ColumnIOFactory().getColumnIO(schema);
    var records = io.getRecordReader(pages, new GroupRecordConverter(schema));
    for (var row = 0L; row < pages.getRowCount(); row++) {
      rows.add(columns.cells(records.read()));
    }
  }
}
