package org.openmargin.experiment;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.openmargin.data.OpenSetSplits;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;
import org.openmargin.scoring.metric.Metric;
import org.openmargin.trainer.Checkpoints;
import org.openmargin.trainer.Inference;
import org.openmargin.trainer.RunListener;
import org.openmargin.trainer.listener.MetricsJsonl;

/**
 * Test figures at fixed epochs, for the record only: what a choice of the epoch by test images
 * would have found. Write-only here; a report shows the file, and no choice, threshold or export
 * reads it.
 *
 * @param everyEpochs 0 for none
 */
record EpochCurve(RunFolder files, Model model, RuntimeSettings runtime, int everyEpochs)
    implements RunListener {

  /** The network in training and its test images. */
  record Model(Recipe recipe, OpenSetNetwork network, OpenSetSplits splits) {}

  /** Keeps the lines of steps that are done; a killed process may have missed the last one. */
  @Override
  public void started(Start start) {
    try {
      MetricsJsonl.keepUntil(files.epochCurve(), start.stepsDone());
      var newest = checkpoints().newest();
      if (newest.isPresent()) {
        var state = newest.get().state();
        if (state.isValidated() && isDue(state.epoch(), start.epochs()) && !holds(state.step())) {
          record();
        }
      }
    } catch (IOException e) {
      throw RunFolder.unwritable(files.epochCurve(), e);
    }
  }

  @Override
  public Verdict validated(Validation validation) {
    if (isDue(validation.at().epoch(), validation.at().epochs())) {
      try {
        record();
      } catch (IOException e) {
        throw RunFolder.unwritable(files.epochCurve(), e);
      }
    }
    return Verdict.GO_ON;
  }

  private boolean isDue(int epoch, int epochs) {
    return everyEpochs > 0 && (epoch % everyEpochs == 0 || epoch == epochs);
  }

  private boolean holds(long step) throws IOException {
    var file = files.epochCurve();
    try (var lines = Files.exists(file) ? Files.lines(file) : Stream.<String>empty()) {
      return lines.anyMatch(line -> MetricsJsonl.stepOf(line) == step);
    }
  }

  private Checkpoints checkpoints() {
    return new Checkpoints(files.checkpoints(), 1);
  }

  /** Evaluates the newest checkpoint. */
  private void record() throws IOException {
    var checkpoint = checkpoints().newest().orElseThrow();
    try (var inference = new Inference(model.network(), runtime)) {
      inference.restore(checkpoint.variables());
      var trained =
          new TrainedModel(model.recipe(), model.network(), checkpoint, model.splits(), inference);
      var evaluated = trained.evaluate(new ScorerChoice.OfExperiment()).result();
      var line = line(checkpoint.state().step(), checkpoint.state().epoch(), evaluated);
      Files.writeString(
          files.epochCurve(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private static JsonObject line(long step, int epoch, OpenSetEvaluation evaluated) {
    var auroc = new JsonObject();
    var oscr = new JsonObject();
    for (var scorer : evaluated.scorers()) {
      scorer.measured(Metric.AUROC).ifPresent(area -> auroc.addProperty(scorer.name(), area));
      scorer.measured(Metric.OSCR).ifPresent(area -> oscr.addProperty(scorer.name(), area));
    }
    var line = new JsonObject();
    line.addProperty("step", step);
    line.addProperty("epoch", epoch);
    line.addProperty("acc", evaluated.acc());
    line.addProperty("scorer", evaluated.selected().name());
    line.add("auroc", auroc);
    line.add("oscr", oscr);
    return line;
  }
}
