package org.openmargin.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Folders;
import org.openmargin.serving.ModelException;

/**
 * Scores archives on a cluster.
 *
 * <pre>{@code
 * var scoring = SparkScoring.of(spark, "savedmodels/blood");
 * Dataset<Row> answers = scoring.answers("hdfs:///archive", ContentColumns.FOUND);
 * scoring.write("hdfs:///archive", ContentColumns.FOUND, "hdfs:///answers.parquet");
 * }</pre>
 */
public final class SparkScoring {
  private final SparkSession spark;
  private final Places places;
  private final ArchiveScorer scorer;

  private SparkScoring(SparkSession spark, Places places, SharedModel model) {
    this.spark = spark;
    this.places = places;
    var context = context(spark);
    var hadoop = new SerializableConfiguration(context.hadoopConfiguration());
    this.scorer = new ArchiveScorer(model, context.broadcast(hadoop));
  }

  /**
   * Loads a model to see that it is whole, and sends it to the executors.
   *
   * @param savedModel a model's folder, of which the highest version is taken, or one version in
   *     it; where the driver sees it: a path, or an address that Hadoop knows
   * @throws ModelException if there is no such model, or it is damaged
   * @throws ArchiveException if the address cannot be reached
   */
  public static SparkScoring of(SparkSession spark, String savedModel) {
    var places = new Places(spark.sparkContext().hadoopConfiguration());
    return new SparkScoring(spark, places, share(spark, places, savedModel));
  }

  private static JavaSparkContext context(SparkSession spark) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  private static SharedModel share(SparkSession spark, Places places, String savedModel) {
    if (!Places.isAddress(savedModel)) {
      return SharedModel.share(context(spark), java.nio.file.Path.of(savedModel));
    }
    var path = places.path(savedModel);
    if (Places.isLocal(path)) {
      return SharedModel.share(context(spark), java.nio.file.Path.of(path.toUri().getPath()));
    }
    try {
      var copy = Files.createTempDirectory("openmargin-model");
      try {
        var here = copy.resolve(path.getName());
        places.files(path).copyToLocalFile(false, path, new Path(here.toUri()), true);
        return SharedModel.share(context(spark), here);
      } finally {
        Folders.delete(copy);
      }
    } catch (IOException e) {
      throw new ArchiveException(savedModel + ": cannot be read: " + FileErrors.reason(e), e);
    }
  }

  /**
   * The table of answers, not yet computed: a row per file, in order.
   *
   * @param source a folder of images, at any depth; a Parquet file, or a folder of them; or a
   *     manifest: a CSV file with a column {@code file}, or a text with a path per line
   * @throws ArchiveException if the source cannot be used
   */
  public Dataset<Row> answers(String source, ContentColumns columns) {
    return answers(new ArchiveSource(spark, places).find(source, columns));
  }

  /**
   * The same for a table of the application.
   *
   * @param images with a column of paths and one of contents
   */
  public Dataset<Row> answers(Dataset<Row> images, ContentColumns columns) {
    return answers(ArchiveSource.table(columns.of(images), 0, Long.MAX_VALUE));
  }

  ArchiveScorer scorer() {
    return scorer;
  }

  private Dataset<Row> answers(ArchiveSource.Found found) {
    var schema = AnswerSchema.TABLE;
    var score = scorer;
    var rows =
        found
            .items()
            .mapPartitions(items -> score.score(items))
            .map(row -> AnswerSchema.TABLE.row(row));
    return spark.createDataFrame(rows, schema.type());
  }

  /**
   * Answers an archive into a folder of Parquet files, which appears whole or not at all: Spark's
   * commit protocol takes each task's file once, however often the task was tried, and the folder
   * has another name until all is done and counted.
   *
   * @param out does not exist
   * @return files by reason: "ok", or why a file was rejected
   * @throws ArchiveException if the source cannot be used, or {@code out} exists or cannot be
   *     written
   */
  public Map<String, Long> write(String source, ContentColumns columns, String out) {
    var table = newTable(out);
    var found = new ArchiveSource(spark, places).find(source, columns);
    return table.write(answers(found), found);
  }

  /** The same for a table of the application. */
  public Map<String, Long> write(Dataset<Row> images, ContentColumns columns, String out) {
    var table = newTable(out);
    var found = ArchiveSource.table(columns.of(images), 0, Long.MAX_VALUE);
    return table.write(answers(found), found);
  }

  private AnswerTable newTable(String out) {
    var table = new AnswerTable(spark, places, places.path(out));
    table.requireNew();
    return table;
  }
}
