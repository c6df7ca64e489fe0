package org.openmargin.spark;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.openmargin.files.FileErrors;
import org.openmargin.serving.archive.FixedBatches;

/** Finds what is to be answered. */
record ArchiveSource(SparkSession spark, Places places) {
  private static final String PARQUET = ".parquet";

  /** Files of a task at most: little work is lost with an executor. */
  private static final int MOST_FILES = 1_024;

  /** Tasks per core, so that the last ones end at about the same time. */
  private static final int TASKS_PER_CORE = 4;

  /**
   * @param atLeast rows that there must be in the end
   * @param atMost rows that there may be; more, if the content of a file decides whether it is one
   */
  record Found(JavaRDD<ArchiveItem> items, long atLeast, long atMost) {}

  /**
   * @param place a folder of images; a Parquet file, or a folder of them; or a manifest
   * @throws ArchiveException if it cannot be used
   */
  Found find(String place, ContentColumns columns) {
    var path = places.path(place);
    var status = places.status(path);
    if (isParquet(places, path, status.isDirectory())) {
      var table = columns.of(parquet(path));
      var rows = table.count();
      return table(table, rows, rows);
    }
    return files(
        status.isDirectory()
            ? new FileListing(places).below(path)
            : new Manifest(places, path).items());
  }

  private Dataset<Row> parquet(Path path) {
    try {
      return spark.read().option(Places.NO_PATTERN, "false").parquet(path.toString());
    } catch (Exception e) { // Scala declares none
      throw new ArchiveException(
          Places.text(path) + ": cannot be read as Parquet: " + e.getMessage(), e);
    }
  }

  static boolean isParquet(Places places, Path path, boolean folder) {
    if (path.getName().endsWith(PARQUET) || !folder) {
      return path.getName().endsWith(PARQUET);
    }
    try {
      // A folder of answers among images is none of the archive's.
      return Arrays.stream(places.files(path).listStatus(path))
          .anyMatch(entry -> entry.isFile() && entry.getPath().getName().endsWith(PARQUET));
    } catch (IOException e) {
      throw new ArchiveException(
          Places.text(path) + ": cannot be listed: " + FileErrors.reason(e), e);
    }
  }

  private Found files(List<ArchiveItem> items) {
    var doubtful =
        items.stream()
            .filter(i -> i instanceof ArchiveItem.InPlace file && file.doubtful())
            .count();
    var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    var slices = slices(items.size(), context.defaultParallelism());
    return new Found(context.parallelize(items, slices), items.size() - doubtful, items.size());
  }

  /** Small tasks, but whole batches. */
  static int slices(int files, int cores) {
    var perTask = files / (TASKS_PER_CORE * Math.max(1, cores));
    var whole = Math.max(FixedBatches.USUAL_SIZE, Math.min(MOST_FILES, perTask));
    return (files + whole - 1) / whole;
  }

  /** Contents come with the rows. */
  static Found table(Dataset<Row> pathAndContent, long atLeast, long atMost) {
    return new Found(pathAndContent.javaRDD().map(ArchiveSource::item), atLeast, atMost);
  }

  private static ArchiveItem item(Row row) {
    var path = row.isNullAt(0) ? "" : row.getString(0);
    return row.isNullAt(1)
        ? new ArchiveItem.Absent(path)
        : new ArchiveItem.Stored(path, (byte[]) row.get(1));
  }
}
