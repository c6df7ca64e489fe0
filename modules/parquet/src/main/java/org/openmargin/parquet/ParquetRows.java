package org.openmargin.parquet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.openmargin.files.table.TableFileException;
import org.openmargin.parquet.check.CheckedPages;
import org.openmargin.parquet.check.ColumnChunkCheck;
import org.openmargin.parquet.check.ParquetDamage;

/**
 * The rows of a file, one by one, of which one row group at a time is in memory. Whatever is wrong
 * with it becomes one line.
 */
final class ParquetRows implements AutoCloseable {
  /** A part of the file, what is wrong with it, and its fields in Java's words. */
  private static final Pattern OF_THRIFT =
      Pattern.compile("can not read class \\S*\\.(\\w+): (.*?)( Struct:.*)?$");

  private final ParquetFileReader reader;
  private MessageType schema;
  private Optional<RecordReader<Group>> records = Optional.empty();
  private long left;

  private ParquetRows(ParquetFileReader reader) {
    this.reader = reader;
    this.schema = reader.getFileMetaData().getSchema();
  }

  /**
   * @throws TableFileException if it is damaged or encrypted
   */
  static ParquetRows open(Path file) {
    var options =
        new ParquetReadOptions.Builder(new PlainParquetConfiguration())
            .withCodecFactory(new Decompression())
            .withUseHadoopVectoredIo(false)
            .withPageChecksumVerification(true)
            .build();
    return sound(
        () -> {
          var rows = new ParquetRows(new ParquetFileReader(new LocalInputFile(file), options));
          ColumnChunkCheck.requireInside(rows.reader.getRowGroups(), Files.size(file));
          return rows;
        });
  }

  FileMetaData metadata() {
    return reader.getFileMetaData();
  }

  List<BlockMetaData> blocks() {
    return sound(() -> reader.getFooter().getBlocks());
  }

  /** Reads only these columns; before the first row. */
  ParquetRows of(MessageType columns) {
    schema = columns;
    return sound(
        () -> {
          reader.setRequestedSchema(columns);
          return this;
        });
  }

  /**
   * The next row; empty behind the last one.
   *
   * @param values what to take of it, which fails where they are damaged
   */
  <T> Optional<T> next(Function<Group, T> values) {
    return sound(() -> read().map(values));
  }

  private Optional<Group> read() throws IOException {
    while (left == 0) {
      // Its memory is free before the next row group is read.
      records = Optional.empty();
      var pages = reader.readNextRowGroup();
      if (pages == null) {
        return Optional.empty();
      }
      left = pages.getRowCount();
      var io = new ColumnIOFactory().getColumnIO(schema);
      records =
          Optional.of(
              io.getRecordReader(new CheckedPages(pages), new GroupRecordConverter(schema)));
    }
    left--;
    return records.map(RecordReader::read);
  }

  /** The reader throws many kinds for damaged files. */
  private static <T> T sound(Callable<T> reading) {
    try {
      return reading.call();
    } catch (OutOfMemoryError e) {
      throw new TableFileException(
          "a row group does not fit into memory: give Java more, write smaller row groups, or it is damaged",
          e);
    } catch (TableFileException e) {
      throw e;
    } catch (Exception | LinkageError e) {
      throw damaged(e);
    }
  }

  private static TableFileException damaged(Throwable e) {
    if (e.getCause() instanceof TableFileException known) {
      return known;
    }
    // What other exceptions say is for those who know the reader.
    var text =
        e instanceof IOException || e instanceof ParquetRuntimeException
            ? Optional.ofNullable(e.getMessage()).orElse("").lines().findFirst().orElse("")
            : "";
    var plain = OF_THRIFT.matcher(text).replaceAll("its $1 cannot be read: $2").strip();
    return ParquetDamage.of(plain.isEmpty() ? "its parts do not fit together" : plain, e);
  }

  @Override
  public void close() {
    sound(
        () -> {
          reader.close();
          return true;
        });
  }
}
