package org.openmargin.exporter.calibration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openmargin.exporter.StagedDirectory;
import org.openmargin.exporter.version.DescribedGraph;
import org.openmargin.exporter.version.NextVersion;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.gate.ModelGate;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.SavedModel;

/**
 * Writes the next version of a model: the same network and scores, and another decision. Graph,
 * {@code open_set.json}, examples and warm-up requests all change together; the version appears
 * once the examples are decided as {@link org.openmargin.scoring.calibration.DecisionRule} decides
 * them and the {@link ModelGate} lets it pass.
 *
 * @param version directory of the version to begin from
 * @param elsewhere see {@link NextVersion}
 * @param session devices and threads of the checks
 */
public record CalibrationExporter(Path version, Optional<Path> elsewhere, ConfigProto session) {
  private static final String CARD = "MODEL_CARD.md";
  private static final String NOTES = "README.md";
  private static final List<String> BESIDE =
      List.of(
          "models.config", "batching.pbtxt", "monitoring.pbtxt", "kubernetes.yaml", CARD, NOTES);
  private static final String HEADING = "\n## Later calibrations\n\n";

  /** With TensorFlow's choice of devices and threads. */
  public CalibrationExporter(Path version, Optional<Path> elsewhere) {
    this(version, elsewhere, ConfigProto.getDefaultInstance());
  }

  /**
   * The new version's directory.
   *
   * @throws ModelException if the model is damaged or does not fit the calibration, or nothing can
   *     be written
   */
  public Path write(NewCalibration calibration) {
    return new NextVersion(version, elsewhere)
        .locked(
            (base, folder) -> NextVersion.write(base, folder, changed(base, folder, calibration)));
  }

  private Changed changed(Path base, Path folder, NewCalibration calibration) throws IOException {
    var text = Files.readString(base.resolve(ModelContract.DESCRIPTION_FILE));
    var old = new CalibratedDescription(text);
    var rule = calibration.rule();
    if (!old.scorer().equals(rule.calibration().scorer())) {
      throw new ModelException(
          "the thresholds belong to scorer '%s', the model has '%s'"
              .formatted(rule.calibration().scorer(), old.scorer()));
    }
    if (!rule.byClass().isEmpty() && rule.byClass().size() != old.classNames().size()) {
      throw new ModelException(
          "there are thresholds for %d classes, the model has %d"
              .formatted(rule.byClass().size(), old.classNames().size()));
    }
    return new Changed(base, folder, old, calibration, session);
  }

  private record Changed(
      Path base,
      Path folder,
      CalibratedDescription old,
      NewCalibration calibration,
      ConfigProto session)
      implements NextVersion.Change {
    @Override
    public boolean keeps(String path) {
      return !path.equals(ModelContract.EXAMPLES_FILE);
    }

    @Override
    public void write(Path from, StagedDirectory staged) throws IOException {
      var rule = calibration.rule();
      var model = SavedModel.parseFrom(Files.readAllBytes(from.resolve(ModelContract.GRAPH_FILE)));
      var meta = new CalibratedGraph(model.getMetaGraphs(0), rule, old.classNames().size()).build();
      var text = old.of(rule, calibration.facts(), staged.version());
      Files.writeString(staged.path().resolve(ModelContract.DESCRIPTION_FILE), text);
      var graph = new DescribedGraph(meta.getGraphDef(), old.text()).with(text);
      Files.write(
          staged.path().resolve(ModelContract.GRAPH_FILE),
          model.toBuilder()
              .setMetaGraphs(0, meta.toBuilder().setGraphDef(graph))
              .build()
              .toByteArray());
      CalibratedExamples.write(from, staged.path(), rule);
    }

    @Override
    public List<Finding> check(Path version) {
      return new ModelGate(session).check(version);
    }

    @Override
    public void writeBeside(StagedDirectory staged) throws IOException {
      for (var name : BESIDE) {
        var file = base.resolveSibling(name);
        if (Files.isRegularFile(file) && Files.notExists(folder.resolve(name))) {
          staged.writeBeside(name, Files.readString(file));
        }
      }
      var card = folder.resolve(CARD);
      if (Files.isRegularFile(card)) {
        var text = Files.readString(card);
        var line = "- Version %d: %s\n".formatted(staged.version(), calibration.summary());
        staged.writeBeside(CARD, text + (text.contains(HEADING) ? "" : HEADING) + line);
      }
      var notes = folder.resolve(NOTES);
      if (Files.isRegularFile(notes)) {
        var threshold = calibration.rule().threshold().threshold();
        staged.writeBeside(
            NOTES, Files.readString(notes).replace(shown(old.threshold()), shown(threshold)));
      }
    }

    /** As the example of a request shows it. */
    private static String shown(double threshold) {
      return "\"threshold\": [%s]".formatted(Float.toString((float) threshold));
    }
  }
}
