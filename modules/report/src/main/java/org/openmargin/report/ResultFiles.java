package org.openmargin.report;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.openmargin.config.JsonProblem;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.EvaluationReport.ScorerResult;
import org.openmargin.config.v1.Provenance;
import org.openmargin.files.FileErrors;
import org.openmargin.files.ShellWord;

/** The files of a run that a report is made from, and the report itself. */
public record ResultFiles(Path folder) {
  /** Fields that an evaluation may lack. */
  private static final Set<String> OPTIONAL =
      Set.of(
          "intervals",
          "bootstrap",
          "rehearsal",
          "unattainable_alphas",
          "foreign",
          "guard",
          "accepted_as",
          "accepted_as_images",
          "unreadable");

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

  public Path report() {
    return folder.resolve("report.html");
  }

  /** The analysis of failures as a page, if it was asked for. */
  public Path failures() {
    return folder.resolve("failures.html");
  }

  /** How to repair files that the evaluation wrote. */
  String again() {
    return "; evaluate the run again: openmargin evaluate " + ShellWord.of(folder);
  }

  EvaluationReport readEvaluation() {
    if (!Files.isDirectory(folder)) {
      throw new ReportException("there is no run folder " + folder);
    }
    if (!Files.exists(evaluation())) {
      throw new ReportException(
          "%s has no evaluation.json; evaluate it first: openmargin evaluate %s"
              .formatted(folder, ShellWord.of(folder)));
    }
    var report = EvaluationReport.newBuilder();
    read(evaluation(), report, again());
    missing(report, "")
        .findFirst()
        .ifPresent(
            field -> {
              throw new ReportException(evaluation() + " has no " + field + again());
            });
    return report.build();
  }

  Provenance readProvenance() {
    var provenance = Provenance.newBuilder();
    read(provenance(), provenance, "; training writes this file: restore it from a copy");
    return provenance.build();
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

  /** Missing fields; scorers may lack any, because a metric can be newer than the file. */
  private static Stream<String> missing(MessageOrBuilder message, String parent) {
    return message.getDescriptorForType().getFields().stream()
        .flatMap(
            field -> {
              var path = parent + field.getJsonName();
              var values = values(message, field);
              if (values.isEmpty()) {
                return OPTIONAL.contains(field.getName()) ? Stream.empty() : Stream.of(path);
              }
              return values.stream()
                  .filter(value -> value instanceof Message && !(value instanceof ScorerResult))
                  .flatMap(value -> missing((Message) value, path + "."));
            });
  }

  private static List<?> values(MessageOrBuilder message, FieldDescriptor field) {
    if (field.isRepeated()) {
      return (List<?>) message.getField(field);
    }
    return message.hasField(field) ? List.of(message.getField(field)) : List.of();
  }
}
