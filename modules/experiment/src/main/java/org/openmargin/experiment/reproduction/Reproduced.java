package org.openmargin.experiment.reproduction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.openmargin.config.MessageFields;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.experiment.Run;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.provenance.Artefact;
import org.openmargin.experiment.provenance.Artefact.Kind;
import org.openmargin.experiment.provenance.FieldDifference;
import org.openmargin.files.FileErrors;

/**
 * A training that was repeated, beside its origin.
 *
 * @param run the new one
 * @param results what was compared
 * @param origins what it comes from that is not as it was
 */
public record Reproduced(Run run, List<Result> results, List<FieldDifference> origins) {
  /** How fast a step was; the last fields of a line. */
  private static final Pattern SPEED = Pattern.compile(",\"images_per_second\":[^}]*");

  /**
   * A kind of result.
   *
   * @param compared fields or lines that both have
   * @param differences of them
   */
  public record Result(String name, int compared, List<FieldDifference> differences) {
    public Result {
      differences = List.copyOf(differences);
    }

    public boolean isEqual() {
      return differences.isEmpty();
    }
  }

  public Reproduced {
    results = List.copyOf(results);
    origins = List.copyOf(origins);
  }

  /** Whether everything that could be compared is equal, bit for bit. */
  public boolean isEqual() {
    return results.stream().allMatch(Result::isEqual);
  }

  static Reproduced of(Artefact origin, Run run, List<FieldDifference> origins) {
    var now = Artefact.read(run.files().path());
    var results = new ArrayList<Result>();
    results.addAll(weights(origin, now).stream().toList());
    if (origin.kind() == Kind.RUN) {
      results.addAll(lines(new RunFolder(origin.path()), run.files()).stream().toList());
    }
    results.addAll(figures(origin, now).stream().toList());
    return new Reproduced(run, results, origins);
  }

  private static Optional<Result> weights(Artefact before, Artefact now) {
    var digest = before.provenance().getWeightsSha256();
    return digest.isEmpty()
        ? Optional.empty()
        : Optional.of(
            result(
                "weights",
                Map.of("weights_sha256", digest),
                Map.of("weights_sha256", now.provenance().getWeightsSha256())));
  }

  /** Losses and validations of the training. */
  private static Optional<Result> lines(RunFolder before, RunFolder now) {
    if (!Files.exists(before.metrics())) {
      return Optional.empty();
    }
    return Optional.of(result("losses", lines(before.metrics()), lines(now.metrics())));
  }

  private static Map<String, String> lines(Path metrics) {
    try {
      var lines = new LinkedHashMap<String, String>();
      for (var line : Files.readAllLines(metrics)) {
        lines.put("line " + (lines.size() + 1), SPEED.matcher(line).replaceAll(""));
      }
      return lines;
    } catch (IOException e) {
      throw new RunException(metrics + " cannot be read: " + FileErrors.reason(e), e);
    }
  }

  /** Figures that both evaluations have. */
  private static Optional<Result> figures(Artefact before, Artefact now) {
    if (before.evaluation().isEmpty() || now.evaluation().isEmpty()) {
      return Optional.empty();
    }
    var old = fields(before.evaluation().get());
    var fresh = fields(now.evaluation().get());
    old.keySet().retainAll(fresh.keySet());
    fresh.keySet().retainAll(old.keySet());
    return Optional.of(result("evaluation", old, fresh));
  }

  private static Map<String, String> fields(EvaluationReport report) {
    var figures = report.toBuilder().clearExperiment().clearForeign().build();
    return new LinkedHashMap<>(MessageFields.of(figures));
  }

  private static Result result(String name, Map<String, String> before, Map<String, String> now) {
    return new Result(name, before.size(), FieldDifference.between(before, now));
  }
}
