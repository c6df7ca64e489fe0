package org.openmargin.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.openmargin.benchmark.table.BenchmarkPage;
import org.openmargin.benchmark.table.BenchmarkTable;
import org.openmargin.benchmark.table.ScorerMatrix;
import org.openmargin.config.plan.BenchmarkPlan;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.ShellWord;
import org.openmargin.report.page.Page;

/**
 * A plan's methods, class splits and seeds, and the results of each combination.
 *
 * <pre>{@code
 * Benchmark benchmark = Benchmark.read(Path.of("plan.textproto"));
 * benchmark.run(benchmark.inThisProcess(TrialSettings.DEFAULT), Schedule.DEFAULT, System.out::println);
 * BenchmarkTable table = benchmark.report(Optional.empty());
 * }</pre>
 *
 * <p>Immutable. Progress is kept in files only, so any process on any machine can continue.
 */
public final class Benchmark {
  private final BenchmarkPlan plan;
  private final List<String> options;
  private final TrialFiles files;

  private Benchmark(BenchmarkPlan plan, List<String> options, TrialFiles files) {
    this.plan = plan;
    this.options = options;
    this.files = files;
  }

  /**
   * Reads a plan; its files are in {@link BenchmarkFolders#of(String)}.
   *
   * @param overrides {@code path=value} for every experiment
   */
  public static Benchmark read(Path file, String... overrides) {
    return read(file, List.of(overrides), List.of());
  }

  /**
   * The same with further methods.
   *
   * @param sweeps {@code path=number,number} each: the baseline with other values of a field
   */
  public static Benchmark read(Path file, List<String> overrides, List<String> sweeps) {
    var options = new ArrayList<String>();
    overrides.forEach(override -> options.addAll(List.of("--set", override)));
    sweeps.forEach(sweep -> options.addAll(List.of("--sweep", sweep)));
    var plan = BenchmarkPlan.read(file, overrides, sweeps);
    var files = new TrialFiles(plan.name(), BenchmarkFolders.of(plan.name()));
    return new Benchmark(plan, List.copyOf(options), files);
  }

  /** The same benchmark with its files elsewhere. */
  public Benchmark in(BenchmarkFolders folders) {
    return new Benchmark(plan, options, new TrialFiles(plan.name(), folders));
  }

  /** The same benchmark, with its files in folders shared by several plans. */
  public Benchmark in(Path results, Path work) {
    return in(BenchmarkFolders.of(plan.name(), results, work));
  }

  /** The same benchmark with only these methods, which must exist; trials keep their numbers. */
  public Benchmark only(List<String> methods) {
    return new Benchmark(plan.only(methods), options, files);
  }

  /** The same benchmark with another baseline. */
  public Benchmark against(String baseline) {
    return new Benchmark(plan.against(baseline), options, files);
  }

  /** The plan's name. */
  public String name() {
    return plan.name();
  }

  public BenchmarkFolders folders() {
    return files.folders();
  }

  /** Valid but suspicious settings of the plan. */
  public List<String> warnings() {
    return plan.warnings();
  }

  /** All trials, in the order of their numbers. */
  public List<PlannedTrial> trials() {
    return plan.trials();
  }

  /** The trial with this number; throws a {@link RunException} if there is none. */
  public PlannedTrial trial(int index) {
    var message = "there is no trial %d; see: openmargin benchmark status %s";
    return trials().stream()
        .filter(trial -> trial.index() == index)
        .findFirst()
        .orElseThrow(() -> new RunException(message.formatted(index, ShellWord.of(plan.file()))));
  }

  /** The state of each trial, in the order of their numbers. */
  public Map<PlannedTrial, TrialState> status() {
    return together().status();
  }

  /**
   * The trials to run: neither finished nor running nor, unless asked for, refused.
   *
   * @throws RunException if results no longer match the plan and the schedule does not replace them
   */
  public List<PlannedTrial> due(Schedule schedule) {
    return together().due(schedule);
  }

  /**
   * The table of the finished trials.
   *
   * @param scorer whose AUROC and OSCR to show, as the results name it (max_logit); each
   *     experiment's selected one if empty
   * @throws RunException if no result has it
   */
  public BenchmarkTable report(Optional<String> scorer) {
    return new PlanTables(plan, status(), scorer).table();
  }

  /** The table as a page for a browser, with charts of its sweeps. */
  public Page page(Optional<String> scorer, int digits) {
    return new BenchmarkPage(report(scorer), matrix(), digits).page();
  }

  /** The finished trials by every scorer. */
  public ScorerMatrix matrix() {
    return new PlanTables(plan, status(), Optional.empty()).matrix();
  }

  /**
   * Packs the plan's single result files into one file; returns how many were added.
   *
   * @throws RunException if one is damaged or does not match the plan; then nothing is changed
   */
  public int collect() {
    return new ResultCollector(plan, files).collect();
  }

  /** Runs trials in this process. */
  public TrialRunner inThisProcess(TrialSettings settings) {
    return together().inThisProcess(settings);
  }

  /**
   * Runs each trial in its own JVM. The program gets the extra arguments {@code --index N}; it must
   * run that trial {@link #inThisProcess} and use the exit codes of {@link ChildProcessRunner}.
   */
  public ChildProcessRunner inChildProcesses(List<String> program) {
    return together().inChildProcesses(program);
  }

  /**
   * Runs the unfinished trials. Failed trials throw nothing; {@link #status} names them.
   *
   * @param lines receives a line for each start and end
   * @throws RunException if results no longer match the plan and the schedule does not replace them
   * @throws org.openmargin.data.DataException if the images are not where the plan says
   */
  public Benchmark run(TrialRunner runner, Schedule schedule, Consumer<String> lines)
      throws InterruptedException {
    together().run(runner, schedule, lines);
    return this;
  }

  private Trials together() {
    return new Trials(trials(), files, new PlanTask(plan.file(), options));
  }
}
