package org.openmargin.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.inference.FileClassifier;
import org.openmargin.inference.archive.AnswerFormat;
import org.openmargin.inference.archive.ArchiveScoring;
import org.openmargin.inference.archive.ScoringPlan;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.OpenSetClassifier;
import org.openmargin.serving.archive.Audit;

/** On a cluster of two executors, beside the command without Spark. */
class SparkScoringTest {
  private static final int ROWS = SmallArchive.FILES + 1;
  private static final StructType TABLE =
      new StructType().add("path", DataTypes.StringType).add("content", DataTypes.BinaryType);

  @TempDir private static Path folder;
  private static SmallArchive archive;
  private static Path embedded;
  private static SparkSession spark;
  private static SparkScoring scoring;

  @BeforeAll
  static void start() throws IOException {
    archive = SmallArchive.in(folder);
    embedded = embedded();
    spark = SmallCluster.start(folder);
    scoring = SparkScoring.of(spark, "file:" + archive.model());
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Path embedded() {
    var out = folder.resolve("embedded.parquet");
    var session = RuntimeSettings.CPU_OF_CALLER.sessionConfig();
    try (var classifier = OpenSetClassifier.load(archive.model(), session)) {
      var audit = Audit.of(archive.model(), classifier);
      var plan = new ScoringPlan(archive.images(), audit, AnswerFormat.of(out), 40);
      new ArchiveScoring(
              FileClassifier.inFixedBatches(classifier),
              (what, done, total) -> {},
              Clock.systemUTC())
          .score(plan, archive.files(), out);
    }
    return out;
  }

  private static List<Row> rows(Path table) {
    return spark
        .read()
        .option(Places.NO_PATTERN, "false")
        .parquet(table.toString())
        .orderBy("path")
        .collectAsList();
  }

  private static Path fresh(String name) throws IOException {
    return Files.createTempDirectory(folder, "out").resolve(name);
  }

  /** Nothing is beside a table that is not one. */
  private static void assertNothingBeside(Path out) throws IOException {
    try (var files = Files.list(out.getParent())) {
      assertThat(files.filter(file -> !file.equals(out))).isEmpty();
    }
  }

  @Test
  void theTableIsThatOfTheCommandWithoutSparkBitForBit() throws IOException {
    var out = fresh("answers [1] *.parquet");

    var reasons = scoring.write(archive.images().toString(), ContentColumns.FOUND, out.toString());

    assertThat(reasons).isEqualTo(Map.of("ok", 135L, "truncated", 15L, "not_an_image", 1L));
    assertThat(rows(out)).hasSize(ROWS).isEqualTo(rows(embedded));
    assertThat(rows(out).get(0).schema()).isEqualTo(rows(embedded).get(0).schema());
    var broken = rows(out).get(5);
    assertThat(broken.<String>getAs("label")).isEqualTo("unknown");
    assertThat(broken.<String>getAs("reason")).isEqualTo("truncated");
    assertThat(broken.<String>getAs("error")).isNotBlank();
    assertThat(broken.<Object>getAs("unknown_score")).isNull();
    assertThat(broken.<Object>getAs("probabilities")).isNull();
    assertNothingBeside(out);
  }

  @Test
  void aManifestMayNameMissingFiles() throws IOException {
    var some = archive.files().subList(0, 70);
    var manifest = fresh("list.csv");
    var lines = new StringBuilder("id,file\n");
    some.forEach(
        file ->
            lines.append("1,\"%s\"\n".formatted(manifest.getParent().relativize(file).toString())));
    Files.writeString(manifest, lines.append("2,none.png\n"));

    var answers = scoring.answers(manifest.toString(), ContentColumns.FOUND).collectAsList();

    assertThat(answers.subList(0, 70)).isEqualTo(rows(embedded).subList(0, 70));
    var missing = answers.get(70);
    assertThat(missing.<String>getAs("path"))
        .isEqualTo(manifest.resolveSibling("none.png").toString());
    assertThat(missing.<String>getAs("reason")).isEqualTo("missing");
  }

  private static Dataset<Row> table() {
    var rows = archive.files().stream().map(SparkScoringTest::stored).toList();
    return spark.createDataFrame(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, 6), TABLE);
  }

  private static Row stored(Path file) {
    try {
      return RowFactory.create(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void tablesHoldTheFilesThemselves() throws IOException {
    var in = fresh("images.parquet");
    table()
        .select(functions.struct(functions.col("path"), functions.col("content")).as("image"))
        .write()
        .parquet(in.toString());

    var answers = scoring.answers(in.toString(), ContentColumns.FOUND);

    assertThat(answers.orderBy("path").collectAsList()).isEqualTo(rows(embedded));
    var wrong = new ContentColumns(Optional.of("image.bytes"), Optional.empty());
    assertThatThrownBy(() -> scoring.answers(in.toString(), wrong))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("no column 'image.bytes' of type binary")
        .hasMessageContaining("image.content");
  }

  /** The process that holds the row dies, each time a task is tried for the first time. */
  private static Dataset<Row> deadly(String path) {
    var rows =
        table()
            .javaRDD()
            .map(
                row -> {
                  if (row.getString(0).equals(path) && TaskContext.get().attemptNumber() == 0) {
                    Runtime.getRuntime().halt(1);
                  }
                  return row;
                });
    return spark.createDataFrame(rows, TABLE);
  }

  @Test
  void executorsThatDieLoseAndRepeatNothing() throws IOException {
    var out = fresh("answers.parquet");
    var images = deadly(archive.files().get(100).toString());

    scoring.write(images, ContentColumns.FOUND, out.toString());

    assertThat(rows(out)).isEqualTo(rows(embedded));
    assertNothingBeside(out);
  }

  @Test
  void aJobThatFailsLeavesNothing() throws IOException {
    var out = fresh("answers.parquet");
    var last = archive.files().get(ROWS - 1).toString();
    var failing =
        spark.createDataFrame(
            table()
                .javaRDD()
                .map(
                    row -> {
                      if (row.getString(0).equals(last)) {
                        throw new IllegalStateException("never");
                      }
                      return row;
                    }),
            TABLE);

    assertThatThrownBy(() -> scoring.write(failing, ContentColumns.FOUND, out.toString()))
        .hasStackTraceContaining("never");
    assertThat(out).doesNotExist();
    assertNothingBeside(out);
  }

  @Test
  void anExecutorLoadsTheModelOnce() {
    var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    var scorer = scoring.scorer();
    var loaded =
        context
            .parallelize(IntStream.range(0, 12).boxed().toList(), 12)
            .map(
                i -> {
                  var model = ExecutorModels.get(scorer.model());
                  var same = model == ExecutorModels.get(scorer.model());
                  return ProcessHandle.current().pid() + (same ? " " + ExecutorModels.count() : "");
                })
            .collect();
    assertThat(loaded).hasSize(12).allMatch(text -> text.endsWith(" 1"));
    assertThat(loaded.stream().distinct()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void whatCannotBeUsedIsSaid() throws IOException {
    var out = Files.createDirectory(fresh("answers.parquet")).toString();
    var images = archive.images().toString();
    assertThatThrownBy(() -> scoring.write(images, ContentColumns.FOUND, out))
        .hasMessage(out + " already exists; name another folder");
    assertThatThrownBy(() -> scoring.answers(folder + "/none", ContentColumns.FOUND))
        .hasMessageEndingWith("/none: there is no such file or folder");
    assertThatThrownBy(() -> scoring.answers(out, ContentColumns.FOUND))
        .hasMessageStartingWith(out + ": cannot be read as Parquet: ");
    var empty = Files.createDirectory(fresh("empty"));
    assertThatThrownBy(() -> scoring.answers(empty.toString(), ContentColumns.FOUND))
        .hasMessage(empty + ": there is no image");
    assertThatThrownBy(() -> SparkScoring.of(spark, images))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is not a SavedModel");
  }

  @Test
  void aStageOfAPipelineIsSavedAndLoaded() throws IOException {
    var stage = new OpenSetTransformer().setModel(archive.model().toString());
    var place = fresh("pipeline").toString();
    new Pipeline().setStages(new PipelineStage[] {stage}).fit(table()).save(place);

    var answered = PipelineModel.load(place).transform(table()).orderBy("path");

    var fields = List.of("label", "unknown_score", "probabilities", "reason", "model_digest");
    for (var field : fields) {
      var expected = new TreeMap<String, Object>();
      rows(embedded).forEach(row -> expected.put(row.getAs("path"), row.getAs(field)));
      var found = new TreeMap<String, Object>();
      answered
          .select("path", "answer." + field)
          .collectAsList()
          .forEach(row -> found.put(row.getString(0), row.get(1)));
      assertThat(found).isEqualTo(expected);
    }
    assertThatThrownBy(() -> stage.setInputCol("path").transform(table()))
        .hasMessageContaining("there is no column of bytes 'path'");
    assertThatThrownBy(() -> new OpenSetTransformer().transform(table()))
        .hasMessageContaining("give the folder of an exported model");
  }
}
