package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.openmargin.exporter.ExportRequest;
import org.openmargin.exporter.WeightForm;
import org.openmargin.serving.ExampleImages;

/**
 * The SavedModel to write.
 *
 * @param base folder of all models
 * @param version number, or empty for one more than the highest
 * @param examples the images stored with the model in {@code golden.json} and the warm-up file
 * @param frozen whether the weights are constants, with batch norms folded into the kernels:
 *     smaller and faster, equal to the evaluation within rounding instead of bit for bit
 * @param decision what it has beside the evaluated threshold
 */
public record ModelRequest(
    Path base,
    OptionalLong version,
    ExampleImages examples,
    boolean frozen,
    DecisionChoice decision) {

  /** With variables and the evaluated decision. */
  public ModelRequest(Path base, OptionalLong version, ExampleImages examples) {
    this(base, version, examples, false, DecisionChoice.EVALUATED);
  }

  /** The next version in {@code base}, with drawn examples. */
  public static ModelRequest in(Path base) {
    return new ModelRequest(base, OptionalLong.empty(), ExampleImages.DRAWN);
  }

  /** The same with a version number. */
  public ModelRequest withVersion(long number) {
    return new ModelRequest(base, OptionalLong.of(number), examples, frozen, decision);
  }

  /** The same with other examples. */
  public ModelRequest withExamples(ExampleImages images) {
    return new ModelRequest(base, version, images, frozen, decision);
  }

  /** The same with weights as constants. */
  public ModelRequest withFrozenWeights() {
    return new ModelRequest(base, version, examples, true, decision);
  }

  /** The same with more to its decision. */
  public ModelRequest withDecision(DecisionChoice choice) {
    return new ModelRequest(base, version, examples, frozen, choice);
  }

  /**
   * @param calibration facts about the decision
   * @param origin files about where the weights come from
   */
  ExportRequest.Contents contents(
      String card, Map<String, Object> calibration, Map<String, String> origin) {
    var form = frozen ? WeightForm.FROZEN : WeightForm.VARIABLES;
    return new ExportRequest.Contents(examples, form, card, calibration, origin);
  }
}
