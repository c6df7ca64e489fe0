package org.openmargin.spark;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.openmargin.files.FileErrors;

/** The folder of Parquet files that holds the answers; see {@link SparkScoring#write}. */
record AnswerTable(SparkSession spark, Places places, Path target) {
  /**
   * The commit of a task only renames within the unfinished folder, and that of the job moves the
   * files of all tasks: with version 2, tasks would put theirs into place one by one.
   */
  private static final String ALGORITHM = "mapreduce.fileoutputcommitter.algorithm.version";

  /**
   * @throws ArchiveException if it exists
   */
  void requireNew() {
    try {
      if (places.files(target).exists(target)) {
        throw new ArchiveException(Places.text(target) + " already exists; name another folder");
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * @return files by reason
   * @throws ArchiveException if it cannot be written
   */
  Map<String, Long> write(Dataset<Row> answers, ArchiveSource.Found found) {
    var unfinished = target.suffix(".unfinished-" + spark.sparkContext().applicationId());
    try {
      try {
        answers.write().option(ALGORITHM, "1").parquet(unfinished.toString());
        var reasons = reasons(unfinished, found);
        if (!places.files(target).rename(unfinished, target)) {
          throw new IOException(unfinished + " cannot be renamed");
        }
        return reasons;
      } finally {
        places.files(target).delete(unfinished, true);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private ArchiveException unwritable(IOException e) {
    return new ArchiveException(
        Places.text(target) + " cannot be written: " + FileErrors.reason(e), e);
  }

  /** Counts what was written, as a reader finds it. */
  private Map<String, Long> reasons(Path written, ArchiveSource.Found found) {
    var counts = new TreeMap<String, Long>();
    spark
        .read()
        .option(Places.NO_PATTERN, "false")
        .parquet(written.toString())
        .groupBy("reason")
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    var rows = counts.values().stream().mapToLong(Long::longValue).sum();
    if (rows < found.atLeast() || rows > found.atMost()) {
      throw new IllegalStateException(
          "%d rows were written about %d files".formatted(rows, found.atMost()));
    }
    return counts;
  }
}
