package org.openmargin.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.openmargin.config.plan.BenchmarkPlan;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.wiring.DataModule;

/**
 * Methods, class splits and seeds, and what came of each combination.
 *
 * <pre>{@code
 * Benchmark benchmark = Benchmark.read(Path.of("plan.textproto"));
 * benchmark.run(benchmark.inThisJvm(TrialSettings.DEFAULT), Schedule.DEFAULT, System.out::println);
 * BenchmarkTable table = benchmark.report();
 * }</pre>
 *
 * <p>Immutable; what is finished is only in files, so that any process on any machine can go on.
 */
public final class Benchmark {
  private final BenchmarkPlan plan;
  private final List<String> overrides;
  private final TrialFiles files;

  private Benchmark(BenchmarkPlan plan, List<String> overrides, TrialFiles files) {
    this.plan = plan;
    this.overrides = overrides;
    this.files = files;
  }

  /**
   * Reads a plan; its files are in {@link BenchmarkFolders#of}.
   *
   * @param file a text proto
   * @param overrides {@code path=value} for every experiment
   * @throws org.openmargin.config.text.ConfigException with every problem at once
   */
  public static Benchmark read(Path file, String... overrides) {
    var plan = BenchmarkPlan.read(file, List.of(overrides));
    var files = new TrialFiles(plan.name(), BenchmarkFolders.of(plan.name()));
    return new Benchmark(plan, List.of(overrides), files);
  }

  /** The same benchmark with its files elsewhere. */
  public Benchmark in(BenchmarkFolders folders) {
    return new Benchmark(plan, overrides, new TrialFiles(plan.name(), folders));
  }

  /**
   * Some of its methods only; its trials keep their numbers.
   *
   * @throws org.openmargin.config.text.ConfigException if there is no method of such a name
   */
  public Benchmark only(List<String> methods) {
    return new Benchmark(plan.only(methods), overrides, files);
  }

  /**
   * The same, its methods tested against another one of them than the plan's baseline.
   *
   * @throws org.openmargin.config.text.ConfigException if there is no method of such a name
   */
  public Benchmark against(String baseline) {
    return new Benchmark(plan.against(baseline), overrides, files);
  }

  /** The plan's name. */
  public String name() {
    return plan.name();
  }

  /** Where the files are. */
  public BenchmarkFolders folders() {
    return files.folders();
  }

  /** All trials, in the order of their numbers. */
  public List<PlannedTrial> trials() {
    return plan.trials();
  }

  /** What looks like a mistake in the plan. */
  public List<String> warnings() {
    return plan.warnings();
  }

  /**
   * Trial number {@code index}.
   *
   * @throws RunException if there is none
   */
  public PlannedTrial trial(int index) {
    return plan.trials().stream()
        .filter(trial -> trial.index() == index)
        .findFirst()
        .orElseThrow(
            () ->
                new RunException(
                    "there is no trial %d here; see: openmargin benchmark status %s"
                        .formatted(index, plan.file())));
  }

  /** How far each trial is, in the order of their numbers. */
  public Map<PlannedTrial, TrialState> status() {
    return files.states(plan.trials());
  }

  /** What came of the finished trials, by each experiment's selected scorer. */
  public BenchmarkTable report() {
    return new PlanTables(plan, status(), Optional.empty()).table();
  }

  /**
   * What came of the finished trials, by one scorer.
   *
   * @param scorer as the results name it: max_logit
   * @throws RunException if no result holds it
   */
  public BenchmarkTable report(String scorer) {
    return new PlanTables(plan, status(), Optional.of(scorer)).table();
  }

  /**
   * Packs the single result files of the plan's trials into one file.
   *
   * @throws RunException if one of them does not belong there, is damaged or of another experiment
   *     than the plan's; then nothing is changed
   */
  public ResultCollection collect() {
    return new ResultCollector(plan, files).collect();
  }

  /** Runs trials in this process. */
  public TrialRunner inThisJvm(TrialSettings settings) {
    var command = new ArrayList<>(List.of("openmargin", "benchmark", "run"));
    command.add(String.valueOf(plan.file().getFileName()));
    overrides.forEach(override -> command.addAll(List.of("--set", override)));
    return new InThisJvm(files, command, settings);
  }

  /**
   * Runs each trial in a JVM of its own.
   *
   * @param program main class and arguments; {@code --index N} is added. It is to run that trial
   *     {@link #inThisJvm} and to exit with {@link ChildJvm#REFUSED} or {@link ChildJvm#BUSY} where
   *     that is the outcome
   */
  public ChildJvm inJvms(List<String> program) {
    return new ChildJvm(files, program);
  }

  /**
   * Runs what is not finished. Trials that fail are left out; {@link #status} names them.
   *
   * @param runner runs one trial
   * @param lines receives a line for each start and end
   * @return this
   * @throws RunException if there are results of what the plan no longer says, and the schedule
   *     does not replace them
   * @throws org.openmargin.data.DataException if the images are not where the plan says
   * @throws InterruptedException if the thread is interrupted
   */
  public Benchmark run(TrialRunner runner, Schedule schedule, Consumer<String> lines)
      throws InterruptedException {
    var log = new QueueLog(lines);
    var states = status();
    if (!schedule.rerun().stale()) {
      StaleResults.refuse(states.values());
    }
    var toDo = new ArrayList<PlannedTrial>();
    states.forEach(
        (trial, state) -> {
          if (state instanceof TrialState.Refused refused && !schedule.rerun().refused()) {
            log.skipped(trial, refused.reason());
          } else if (!(state instanceof TrialState.Finished)) {
            toDo.add(trial);
          }
        });
    if (!toDo.isEmpty()) {
      DataModule.requirePresent(toDo.stream().map(trial -> trial.experiment().getData()));
      files.folders().requireWritable();
      new TrialQueue(runner, schedule, log).run(toDo);
    }
    return this;
  }
}
