package org.openmargin.config.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.config.ConfigReader;
import org.openmargin.config.FolderNames;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Draft;
import org.openmargin.config.text.Problem;
import org.openmargin.config.text.Source;
import org.openmargin.config.v1.BenchmarkConfig;
import org.openmargin.config.v1.ExperimentConfig;

/** Turns a plan's text into its experiments, or reports all problems of both at once. */
final class BenchmarkReader {
  private static final int LONGEST_NAME = 64;

  private final Path file;
  private final List<String> overrides;
  private final Source source;
  private final Draft draft;
  private final Map<Path, Source> experiments = new LinkedHashMap<>();

  BenchmarkReader(Path file, List<String> overrides, List<String> sweeps) {
    this.file = file;
    this.overrides = List.copyOf(overrides);
    this.source = Source.read(file, "a benchmark plan");
    var plan = BenchmarkConfig.newBuilder();
    this.draft = ConfigReader.draft(source, plan);
    sweeps.forEach(sweep -> plan.addSweeps(Sweeps.parse(sweep, plan.getBaseline())));
  }

  BenchmarkPlan read() {
    var problems = new ArrayList<Problem>(ConfigReader.problems(draft, source.whole()));
    var sweeps = new Sweeps((BenchmarkConfig) draft.message().build());
    var config = sweeps.expanded();
    for (var breach : PlanRules.breaches(sweeps.plan(), config)) {
      problems.add(
          draft.placeOf(breach.path(), source.whole()).problem(breach.path(), breach.message()));
    }
    problems.addAll(PlanRules.breachesOf(overrides));
    var ofExperiments = new PlanProblems(sweeps, draft, source.whole());
    var trials = trials(config, ofExperiments);
    problems.addAll(ofExperiments.all());
    if (!problems.isEmpty()) {
      throw new ConfigException(ConfigReader.sorted(problems.stream().distinct().toList()));
    }
    return new BenchmarkPlan(file, config, trials, PlanWarnings.of(config, trials));
  }

  private List<PlannedTrial> trials(BenchmarkConfig config, PlanProblems problems) {
    var methods =
        FolderNames.of(
            config.getMethodsList().stream().map(BenchmarkConfig.Method::getName).toList());
    var splits =
        FolderNames.of(
            config.getTrialsList().stream().map(BenchmarkConfig.Trial::getName).toList());
    var trials = new ArrayList<PlannedTrial>();
    for (long seed : config.getSeedsList()) {
      for (int t = 0; t < config.getTrialsCount(); t++) {
        for (int m = 0; m < config.getMethodsCount(); m++) {
          var name =
              new TrialName(config.getMethods(m).getName(), config.getTrials(t).getName(), seed);
          var path =
              Path.of(
                  methods.get(name.method()),
                  "%s-seed-%d".formatted(splits.get(name.trial()), seed));
          int index = trials.size();
          experiment(config, new Cell(m, t, seed), problems)
              .map(experiment -> named(config, path, experiment))
              .ifPresent(experiment -> trials.add(new PlannedTrial(index, name, path, experiment)));
        }
      }
    }
    return trials;
  }

  private record Cell(int method, int trial, long seed) {}

  private Optional<ExperimentConfig> experiment(
      BenchmarkConfig config, Cell cell, PlanProblems problems) {
    var method = config.getMethods(cell.method());
    var all = new ArrayList<String>(config.getSetList());
    all.addAll(method.getSetList());
    overrides.stream().filter(override -> PlanRules.reason(override).isEmpty()).forEach(all::add);
    // Last, so that nothing overrides what the trial's name states.
    all.add(PlanRules.knownClasses(config.getTrials(cell.trial())));
    all.add("runtime.seed=" + cell.seed());
    var path = method.hasExperiment() ? method.getExperiment() : config.getExperiment();
    if (path.isEmpty()) {
      return Optional.empty();
    }
    var base = file.resolveSibling(path).normalize();
    Source text;
    try {
      text = experiments.computeIfAbsent(base, there -> Source.read(there, "an experiment"));
    } catch (ConfigException e) {
      problems.addUnreadable(cell.method(), e.problems());
      return Optional.empty();
    }
    try {
      return Optional.of(ConfigReader.experiment(text, all));
    } catch (ConfigException e) {
      problems.add(cell.method(), e.problems());
      return Optional.empty();
    }
  }

  private static ExperimentConfig named(
      BenchmarkConfig config, Path path, ExperimentConfig experiment) {
    var name = (config.getName() + "-" + path).replaceAll("[^A-Za-z0-9._-]", "-");
    return experiment.toBuilder()
        .setName(name.substring(0, Math.min(LONGEST_NAME, name.length())))
        .build();
  }
}
