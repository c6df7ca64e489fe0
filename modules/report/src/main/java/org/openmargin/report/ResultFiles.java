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
import java.util.Optional;
import java.util.Set;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.Provenance;
import org.openmargin.files.FileErrors;

/**
 * The files of a run that hold all that a report shows.
 *
 * @param folder the run folder
 */
public record ResultFiles(Path folder) {
  /** What an evaluation may lack. */
  private static final Set<String> OPTIONAL =
      Set.of("intervals", "bootstrap", "rehearsal", "unattainable_alphas");

  private static final String SCORERS = "scorers";

  /** The {@link EvaluationReport} as JSON. */
  public Path evaluation() {
    return folder.resolve("evaluation.json");
  }

  /** One row per test image. */
  public Path predictions() {
    return folder.resolve("predictions.csv");
  }

  /** Metrics during training, one JSON object per line. */
  public Path metrics() {
    return folder.resolve("metrics.jsonl");
  }

  /** The {@link Provenance} as JSON. */
  public Path provenance() {
    return folder.resolve("provenance.json");
  }

  /** The report as a page. */
  public Path report() {
    return folder.resolve("report.html");
  }

  /** How to mend what the evaluation wrote. */
  String again() {
    return "; evaluate the run again: openmargin evaluate " + folder;
  }

  EvaluationReport readEvaluation() {
    if (!Files.isDirectory(folder)) {
      throw new ReportException("there is no run folder " + folder);
    }
    if (!Files.exists(evaluation())) {
      throw new ReportException(
          "%s has no evaluation.json; evaluate it first: openmargin evaluate %s"
              .formatted(folder, folder));
    }
    var report = EvaluationReport.newBuilder();
    read(evaluation(), report, again());
    missing(report, "")
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
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(Files.readString(file), into);
    } catch (InvalidProtocolBufferException e) {
      var reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new ReportException(file + " is damaged: " + reason + remedy, e);
    } catch (IOException e) {
      throw new ReportException(file + " cannot be read: " + FileErrors.reason(e) + remedy, e);
    }
  }

  /**
   * The first field that is missing. Scorers may lack any: metrics that are newer than the file.
   */
  private static Optional<String> missing(MessageOrBuilder message, String parent) {
    for (var field : message.getDescriptorForType().getFields()) {
      var path = parent + field.getJsonName();
      var absent =
          field.isRepeated() ? message.getRepeatedFieldCount(field) == 0 : !message.hasField(field);
      if (absent && !OPTIONAL.contains(field.getName())) {
        return Optional.of(path);
      }
      var deeper = absent ? Optional.<String>empty() : missingInside(message, field, path);
      if (deeper.isPresent()) {
        return deeper;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> missingInside(
      MessageOrBuilder message, FieldDescriptor field, String path) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
        || field.getName().equals(SCORERS)) {
      return Optional.empty();
    }
    var messages =
        field.isRepeated() ? (List<?>) message.getField(field) : List.of(message.getField(field));
    return messages.stream()
        .flatMap(inner -> missing((Message) inner, path + ".").stream())
        .findFirst();
  }
}
