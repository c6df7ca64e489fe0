package org.openmargin.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.evaluation.EvaluationPlan;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;
import org.openmargin.scoring.evaluation.ScoredPredictions;
import org.openmargin.scoring.evaluation.ScorerSelection;
import org.openmargin.scoring.scorer.ScorerType;

/**
 * A made-up evaluation that looks like a real one: a cosine head over four kinds of blood cells.
 */
final class ExampleEvaluation {
  private static final double SCALE = 16;
  private static final List<String> UNKNOWN_CLASSES =
      List.of("basophil", "erythroblast", "lymphocyte", "monocyte");

  private final Head head;
  private final Random random = new Random(5);

  private ExampleEvaluation(Head head) {
    this.head = head;
  }

  /** Renders the example into the file named by the first argument, to look at it. */
  public static void main(String[] arguments) throws IOException {
    EvaluationHtml.write(
        Path.of(arguments[0]),
        page(
            List.of("neutrophil", "eosinophil", "immature granulocytes", "platelet"),
            "max_probability_open",
            new Sizes(712, 1600, 1800)));
  }

  /** Numbers of images. */
  record Sizes(int validation, int known, int unknown) {
    static final Sizes SMALL = new Sizes(60, 40, 30);
  }

  static EvaluationPage page(List<String> classes, String scorerName, Sizes sizes) {
    Head head = Head.openCosine(classes, SCALE);
    ExampleEvaluation example = new ExampleEvaluation(head);
    Predictions validation = example.predictions("val", sizes.validation(), 0);
    Predictions test = example.predictions("test", sizes.known(), sizes.unknown());
    ScorerSelection selection =
        new ScorerSelection(
            scorerName, "the score of the OMCL paper", 0.05, List.of(0.01, 0.1, 0.001));
    EvaluationPlan plan = new EvaluationPlan(ScorerType.reported(head), selection);
    ScoredPredictions scored = ScoredPredictions.of(test, plan.scorers());
    OpenSetEvaluation evaluation = OpenSetEvaluation.of(plan, validation, scored);
    return new EvaluationPage(evaluation, scored, texts(classes));
  }

  private static PageTexts texts(List<String> classes) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("experiment", "bloodmnist/omcl-cpu.textproto, sha256 3f1c\u20269a07");
    provenance.put("data", "bloodmnist.npz, md5 7053d0359d879ad8a5505303e11de1dc");
    provenance.put("seed", "1");
    provenance.put("versions", "OpenMargin 0.1.0, TensorFlow Java 1.1.0, Java 17");
    return new PageTexts(
        "OMCL on BloodMNIST, trial 1",
        "ResNet-18, known: " + String.join(", ", classes),
        "epoch 18 of 20: best accuracy on known validation images (0.9874)",
        provenance);
  }

  private Predictions predictions(String split, int known, int unknown) {
    List<String> ids = new ArrayList<>();
    List<String> classNames = new ArrayList<>();
    int[] labels = new int[known + unknown];
    float[][] logits = new float[known + unknown][];
    for (int i = 0; i < known + unknown; i++) {
      boolean isKnown = i < known;
      int nearest = random.nextInt(head.knownClasses());
      labels[i] = isKnown ? nearest : Truth.UNKNOWN;
      ids.add(split + "/" + i);
      classNames.add(
          isKnown
              ? head.classNames().get(nearest)
              : UNKNOWN_CLASSES.get(random.nextInt(UNKNOWN_CLASSES.size())));
      logits[i] = row(nearest, isKnown ? 0.92 : 0.62, isKnown ? 0.16 : 0.26);
    }
    return Predictions.withoutEmbeddings(head, new Truth(ids, labels, classNames), logits);
  }

  private float[] row(int nearest, double cosine, double spread) {
    float[] row = new float[head.columns()];
    for (int j = 0; j < head.knownClasses(); j++) {
      row[j] = (float) (SCALE * (0.02 + 0.19 * random.nextGaussian()));
    }
    double drawn = cosine - Math.abs(spread * random.nextGaussian()) + 0.05 * random.nextGaussian();
    int shown = random.nextInt(40) == 0 ? random.nextInt(head.knownClasses()) : nearest;
    row[shown] = (float) (SCALE * Math.min(1, drawn));
    row[head.knownClasses()] = (float) (SCALE * 0.1);
    return row;
  }
}
