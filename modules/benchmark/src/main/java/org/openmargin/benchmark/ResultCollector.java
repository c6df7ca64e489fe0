package org.openmargin.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.config.plan.BenchmarkPlan;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.plan.TrialName;
import org.openmargin.experiment.folder.ProcessLock;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.FileErrors;

/**
 * Packs single result files into one file, sorted by method, class split and seed. All of them are
 * checked first: nothing is written if one cannot be packed, and each single file is removed only
 * once its line is on disk.
 */
final class ResultCollector {
  private final TrialFiles files;
  private final Map<TrialName, PlannedTrial> trials = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  ResultCollector(BenchmarkPlan plan, TrialFiles files) {
    this.files = files;
    var methods = plan.config().getMethodsList().stream().map(m -> m.getName()).toList();
    var splits = plan.config().getTrialsList().stream().map(t -> t.getName()).toList();
    plan.trials().stream()
        .sorted(
            Comparator.comparing((PlannedTrial t) -> methods.indexOf(t.name().method()))
                .thenComparing(t -> splits.indexOf(t.name().trial()))
                .thenComparing(t -> t.name().seed()))
        .forEach(trial -> trials.put(trial.name(), trial));
  }

  int collect() {
    return Files.isDirectory(files.folders().results())
        ? new ProcessLock(files.folders().collecting())
            .holding(this::collectLocked)
            .orElseThrow(() -> new RunException("another process is collecting these results"))
        : collectAlone();
  }

  private int collectLocked() {
    try {
      return collectAlone();
    } finally {
      tidy();
    }
  }

  private void tidy() {
    try {
      Files.deleteIfExists(files.folders().collecting());
      files.folders().removeEmptyResults();
    } catch (IOException e) {
      throw new RunException(
          "cannot tidy %s: %s".formatted(files.folders().results(), FileErrors.reason(e)), e);
    }
  }

  private int collectAlone() {
    var singles = singles();
    var packed = packed();
    var all = new LinkedHashMap<TrialName, StoredResult>();
    for (var name : trials.keySet()) {
      var single = Optional.ofNullable(singles.get(name));
      var line = Optional.ofNullable(packed.get(name));
      single.flatMap(s -> line.flatMap(s::conflictWith)).ifPresent(problems::add);
      if (single.isEmpty()) {
        line.ifPresent(this::require);
      }
      single.or(() -> line).ifPresent(result -> all.put(name, result));
    }
    refuseProblems();
    if (all.isEmpty()) {
      throw new RunException("no results in " + files.folders().results());
    }
    PackedResults.write(
        files.folders().packed(), all.values().stream().map(StoredResult::result).toList());
    remove(singles.values());
    return singles.size();
  }

  private Map<TrialName, StoredResult> singles() {
    var expected = new HashMap<Path, PlannedTrial>();
    trials.values().forEach(trial -> expected.put(files.folders().result(trial), trial));
    var singles = new LinkedHashMap<TrialName, StoredResult>();
    for (var file : files.folders().singleResults()) {
      var trial = Optional.ofNullable(expected.get(file));
      if (trial.isEmpty()) {
        problems.add(file + ": the plan has no such trial");
      }
      trial
          .flatMap(planned -> files.single(planned, ResultFormat.STRICT))
          .ifPresent(
              single -> {
                require(single);
                singles.put(trial.get().name(), single);
              });
    }
    return singles;
  }

  private Map<TrialName, StoredResult> packed() {
    var packed = PackedResults.read(files.folders().packed(), files.plan(), ResultFormat.STRICT);
    packed.replaceAll(
        (name, line) -> {
          if (!trials.containsKey(name)) {
            problems.add("%s: the plan has no %s".formatted(line.place(), name));
            return line;
          }
          return files.check(trials.get(name), line);
        });
    return packed;
  }

  private void require(StoredResult stored) {
    if (!stored.valid()) {
      problems.add(stored.place() + ": " + stored.fault());
    }
  }

  private void refuseProblems() {
    if (!problems.isEmpty()) {
      throw new RunException("nothing was collected: " + String.join("; ", problems));
    }
  }

  private static void remove(Collection<StoredResult> singles) {
    for (var single : singles) {
      try {
        Files.delete(single.file());
      } catch (IOException e) {
        throw new RunException("cannot remove " + single.file() + ": " + FileErrors.reason(e), e);
      }
    }
  }
}
