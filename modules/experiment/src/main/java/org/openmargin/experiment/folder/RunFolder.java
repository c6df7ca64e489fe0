package org.openmargin.experiment.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.config.Experiments;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.v1.DataAuditReport;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;
import org.openmargin.report.ResultFiles;
import org.openmargin.trainer.TrainingException;

/** The files of a run. Each is written whole or not at all. */
public record RunFolder(Path path) {

  /** The resolved experiment. */
  public Path experiment() {
    return path.resolve("experiment.textproto");
  }

  /** Digests, seed, versions, device, times. */
  public Path provenance() {
    return results().provenance();
  }

  /** Training metrics, one JSON object per line. */
  public Path metrics() {
    return results().metrics();
  }

  /** Test figures during training, for the record only: written once, read by reports alone. */
  public Path epochCurve() {
    return results().epochCurve();
  }

  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** Event files for TensorBoard. */
  public Path tensorBoard() {
    return path.resolve("tensorboard");
  }

  /** One row per test image. */
  public Path predictions() {
    return results().predictions();
  }

  /** The evaluation as JSON. */
  public Path evaluation() {
    return results().evaluation();
  }

  /** The evaluation as a page. */
  public Path report() {
    return results().report();
  }

  /** The wrong answers as a page. */
  public Path failures() {
    return results().failures();
  }

  /** What was found in the images before training. */
  public Path audit() {
    return results().audit();
  }

  public void writeAudit(DataAuditReport report) {
    write(audit(), JsonMessage.text(report));
  }

  private ResultFiles results() {
    return new ResultFiles(path);
  }

  /** Maps of the embeddings. */
  public MapFolder map() {
    return new MapFolder(path.resolve("map"));
  }

  /** How to call a method of the run, for messages. */
  public String call(String method) {
    return "Experiment.open(\"%s\").%s".formatted(path, method);
  }

  /** Locked while a process trains here. */
  public Path lock() {
    return path.resolve("lock");
  }

  /** Whether the run has been evaluated since training. */
  public boolean holdsEvaluation() {
    return Files.exists(evaluation());
  }

  /** Whether a run was started here. */
  public boolean holdsRun() {
    return Files.exists(experiment());
  }

  /** Whether a run of this experiment was started here. */
  public boolean holds(ExperimentConfig config) {
    try {
      return holdsRun()
          && Experiments.digest(Experiments.read(experiment(), List.of()))
              .equals(Experiments.digest(config));
    } catch (ConfigException e) {
      // An unreadable experiment is not this one.
      return false;
    }
  }

  public void create() {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new RunException(
          "cannot create the run folder " + path + ": " + FileErrors.reason(e), e);
    }
  }

  public void write(Path file, String text) {
    try {
      AtomicTextFile.write(file, writer -> writer.write(text));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** Removes the results of earlier training, which are now invalid. */
  public void forgetResults() {
    var results = new ArrayList<>(List.of(predictions(), evaluation(), report(), failures()));
    results.addAll(map().files());
    for (var file : results) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new TrainingException("cannot remove " + file + ": " + FileErrors.reason(e), e);
      }
    }
  }

  /**
   * @throws RunException if nothing can be written into the folder; found before anything is done
   */
  public void requireWritable() {
    if (!Files.isWritable(path)) {
      throw new RunException("cannot write into " + path + ": permission denied");
    }
  }

  public static TrainingException unwritable(Path file, IOException e) {
    return new TrainingException("stopped: cannot write " + file + ": " + FileErrors.reason(e), e);
  }
}
