package org.openmargin.cli.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.experiment.folder.RunException;
import picocli.CommandLine.Option;

/** {@code --on}, and what only Spark needs. */
final class SparkOptions {
  @Option(
      names = "--on",
      paramLabel = "MASTER",
      description = {
        "Answer on Apache Spark: local[*], spark://HOST:PORT, yarn or k8s://HOST:PORT. Needs SPARK_HOME,",
        "or spark-submit on the PATH. The places may then be addresses, such as hdfs:///archive or",
        "s3a://bucket/archive; paths must be the same on all machines. OUT must end in .parquet."
      })
  private Optional<String> master;

  @Option(
      names = "--spark-conf",
      paramLabel = "KEY=VALUE",
      description = "With --on: a setting of Spark, such as spark.executor.cores=4. Repeatable.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--content-column",
      paramLabel = "NAME",
      description = {
        "With --on, for Parquet: the column of bytes with the files; default: the only one. A field of a",
        "struct by a dot: image.bytes."
      })
  private Optional<String> contentColumn;

  @Option(
      names = "--path-column",
      paramLabel = "NAME",
      description = "With --on, for Parquet: the column with their names; default: path.")
  private Optional<String> pathColumn;

  Optional<String> master() {
    return master;
  }

  List<String> settings() {
    return List.copyOf(settings);
  }

  List<String> columns() {
    var columns = new ArrayList<String>();
    contentColumn.ifPresent(name -> columns.addAll(List.of("--content-column", name)));
    pathColumn.ifPresent(name -> columns.addAll(List.of("--path-column", name)));
    return columns;
  }

  /**
   * @throws RunException if there are options that need {@code --on}, and it is not there
   */
  void requireMaster() {
    if (!settings.isEmpty() || contentColumn.isPresent() || pathColumn.isPresent()) {
      throw new RunException(
          "--spark-conf, --content-column and --path-column need --on MASTER, such as --on local[*]");
    }
  }
}
