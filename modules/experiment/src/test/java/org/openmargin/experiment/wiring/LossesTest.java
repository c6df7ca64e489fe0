package org.openmargin.experiment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.TrainRequest;
import org.openmargin.experiment.TrainRequest.Existing;
import org.openmargin.trainer.RunListener;

/** Every loss without descriptors, from its section of an experiment to its evaluation. */
class LossesTest {
  private static final Path TINY = Path.of("../../proto/experiments/synthetic/tiny.textproto");

  @TempDir Path folder;

  /** Four known classes: a guess is right in a quarter of the images. */
  @ParameterizedTest
  @CsvSource({
    "gcpl, max_probability_closed, the default of GCPL",
    "rpl, max_probability_closed, the default of RPL",
    "arpl, max_logit, the default of ARPL",
    "normface, max_probability_closed, the default of a head without an open class",
    "cosface, max_probability_closed, the default of a head without an open class",
    "nmcl, max_probability_closed, the default of a head without an open class",
    "arcface, max_probability_closed, the default of a head without an open class",
    "sphereface, max_probability_closed, the default of a head without an open class"
  })
  void aLossLearnsTheDrawnCells(String loss, String scorer, String reason) {
    var experiment =
        Experiment.read(
                TINY,
                "loss.%s={}".formatted(loss),
                "data.image_size_px=16",
                "training.epochs=12",
                "training.adam.learning_rate=0.01",
                "training.cosine={}",
                "training.augmentation.crop_padding_px=0",
                "runtime.deterministic=true")
            .withNotices(notice -> {});
    var losses = new ArrayList<Double>();
    var recorder =
        new RunListener() {
          @Override
          public Verdict validated(Validation validation) {
            losses.add(validation.trainLoss());
            return Verdict.GO_ON;
          }
        };
    var report =
        experiment.train(new TrainRequest(folder, Existing.REFUSE, List.of(recorder))).evaluate();
    assertThat(losses).hasSize(12).allMatch(Double::isFinite);
    assertThat(losses.get(11)).isLessThan(0.85 * losses.get(0));
    assertThat(report.getAcc()).isGreaterThan(0.5);
    assertThat(report.getSelectedScorer()).isEqualTo(scorer);
    assertThat(report.getScorerSelection()).isEqualTo(reason);
    assertThat(report.getScorersList()).hasSizeGreaterThanOrEqualTo(3);
  }
}
