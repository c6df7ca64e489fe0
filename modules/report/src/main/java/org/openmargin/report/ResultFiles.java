package org.openmargin.report;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openmargin.config.Experiments;
import org.openmargin.config.JsonProblem;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.v1.DataAuditReport;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.Provenance;
import org.openmargin.files.FileErrors;

/** The files of a run that a report is made from, and the report itself. */
public record ResultFiles(Path folder) {
  /** The {@link EvaluationReport} as JSON. */
  public Path evaluation() {
    return folder.resolve("evaluation.json");
  }

  public Path predictions() {
    return folder.resolve("predictions.csv");
  }

  public Path metrics() {
    return folder.resolve("metrics.jsonl");
  }

  /** Test figures at fixed epochs, one JSON object per line, if they were recorded. */
  public Path epochCurve() {
    return folder.resolve("epoch-curve.jsonl");
  }

  /** The {@link Provenance} as JSON. */
  public Path provenance() {
    return folder.resolve("provenance.json");
  }

  /** What was found in the images before training, if they were looked at. */
  public Path audit() {
    return folder.resolve("audit.json");
  }

  public Path report() {
    return folder.resolve("report.html");
  }

  /** The analysis of failures as a page, if it was asked for. */
  public Path failures() {
    return folder.resolve("failures.html");
  }

  /** The resolved experiment. */
  public Path experiment() {
    return folder.resolve("experiment.textproto");
  }

  /** The points of a map of embeddings, if there is a whole one. */
  Optional<Path> mapPoints() {
    var map = folder.resolve("map");
    // Written last: where it is, everything is.
    return Files.exists(map.resolve("distances.json"))
        ? Optional.of(map.resolve("embeddings.csv")).filter(Files::exists)
        : Optional.empty();
  }

  /** How to repair files that the evaluation wrote. */
  String again() {
    return "; evaluate the run again: " + evaluate();
  }

  private String evaluate() {
    return "Experiment.open(\"%s\").evaluate()".formatted(folder);
  }

  EvaluationReport readEvaluation() {
    if (!Files.isDirectory(folder)) {
      throw new ReportException("there is no run folder " + folder);
    }
    if (!Files.exists(evaluation())) {
      throw new ReportException(
          "%s has no evaluation.json; evaluate it first: %s".formatted(folder, evaluate()));
    }
    var report = EvaluationReport.newBuilder();
    read(evaluation(), report, again());
    RequiredFields.missing(report.build())
        .findFirst()
        .ifPresent(
            field -> {
              throw new ReportException(evaluation() + " has no " + field + again());
            });
    return report.build();
  }

  /** Empty if the images were not looked at. */
  public Optional<DataAuditReport> readAudit() {
    if (!Files.exists(audit())) {
      return Optional.empty();
    }
    var report = DataAuditReport.newBuilder();
    read(audit(), report, "; delete it, or train again");
    return Optional.of(report.build());
  }

  Provenance readProvenance() {
    var provenance = Provenance.newBuilder();
    read(provenance(), provenance, "; training writes this file: restore it from a copy");
    return provenance.build();
  }

  /** Empty if there is none, or it is of another version of the schema. */
  Optional<ExperimentConfig> readExperiment() {
    try {
      return Files.exists(experiment())
          ? Optional.of(Experiments.read(experiment(), List.of()))
          : Optional.empty();
    } catch (ConfigException e) {
      // A report of an old run lacks its settings; everything else is as right as before.
      return Optional.empty();
    }
  }

  private static void read(Path file, Message.Builder into, String remedy) {
    var text = "";
    try {
      text = Files.readString(file);
      JsonFormat.parser().ignoringUnknownFields().merge(text, into);
    } catch (InvalidProtocolBufferException e) {
      throw new ReportException(file + " is damaged: " + JsonProblem.of(text, e) + remedy, e);
    } catch (IOException e) {
      throw new ReportException(file + " cannot be read: " + FileErrors.reason(e) + remedy, e);
    }
  }
}
