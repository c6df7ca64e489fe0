package org.openmargin.spark;

import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A stage of a Spark ML pipeline: a column with the contents of image files to a column of answers,
 * a struct with the fields of the table of {@link SparkScoring}, but for the path.
 *
 * <pre>{@code
 * var stage = new OpenSetTransformer().setModel("savedmodels/blood").setInputCol("content");
 * stage.transform(images).select("path", "answer.label", "answer.unknown_score");
 * }</pre>
 */
public final class OpenSetTransformer extends Transformer implements DefaultParamsWritable {
  private final String uid;
  private final Param<String> model;
  private final Param<String> inputCol;
  private final Param<String> outputCol;

  public OpenSetTransformer() {
    this(Identifiable$.MODULE$.randomUID("openset"));
  }

  /** For a stage that is read again. */
  public OpenSetTransformer(String uid) {
    this.uid = uid;
    this.model =
        new Param<>(
            this, "model", "a model's folder, or one version in it, where the driver sees it");
    this.inputCol = new Param<>(this, "inputCol", "column of bytes: contents of image files");
    this.outputCol = new Param<>(this, "outputCol", "column of answers");
    set(inputCol, "content");
    set(outputCol, "answer");
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> model() {
    return model;
  }

  public Param<String> inputCol() {
    return inputCol;
  }

  public Param<String> outputCol() {
    return outputCol;
  }

  public OpenSetTransformer setModel(String place) {
    return (OpenSetTransformer) set(model, place);
  }

  public OpenSetTransformer setInputCol(String column) {
    return (OpenSetTransformer) set(inputCol, column);
  }

  public OpenSetTransformer setOutputCol(String column) {
    return (OpenSetTransformer) set(outputCol, column);
  }

  private String value(Param<String> param) {
    return getOrDefault(param);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    var input = value(inputCol);
    var output = value(outputCol);
    var names = List.of(schema.fieldNames());
    if (!names.contains(input) || !schema.apply(input).dataType().equals(DataTypes.BinaryType)) {
      throw new IllegalArgumentException(
          "inputCol: there is no column of bytes '%s'; the columns are %s"
              .formatted(input, schema.simpleString()));
    }
    if (names.contains(output)) {
      throw new IllegalArgumentException(
          "outputCol: there is a column '%s' already".formatted(output));
    }
    return schema.add(output, AnswerSchema.ANSWER.type(), true);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    if (!isDefined(model)) {
      throw new IllegalArgumentException("model: give the folder of an exported model");
    }
    var schema = transformSchema(dataset.schema());
    var scoring = SparkScoring.of(SparkSession.active(), value(model));
    var column = dataset.schema().fieldIndex(value(inputCol));
    var rows = new AnsweredRows(scoring.scorer(), column);
    return dataset.toDF().mapPartitions(rows, Encoders.row(schema));
  }

  @Override
  public OpenSetTransformer copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** As {@code PipelineModel.load} looks for it. */
  public static MLReader<OpenSetTransformer> read() {
    return new DefaultParamsReader<>();
  }

  public static OpenSetTransformer load(String path) {
    return read().load(path);
  }
}
