package org.openmargin.config.plan;

import java.nio.file.Path;
import java.util.List;
import org.openmargin.config.ConfigReader;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Overrides;
import org.openmargin.config.text.Problem;
import org.openmargin.config.text.Source;
import org.openmargin.config.v1.BenchmarkConfig;
import org.openmargin.config.v1.ClusterConfig;

/** What a plan asks of a cluster. */
public final class PlannedCluster {
  private static final String FIELD = "cluster";
  private static final String OVERRIDE = "--set " + FIELD + ".";

  private PlannedCluster() {}

  /**
   * Reads the plan's section {@code cluster}.
   *
   * @param settings {@code path=value} each, below {@code cluster}; the last one for a path wins
   * @return with every default set
   * @throws ConfigException with every problem of the section and the settings at once
   */
  public static ClusterConfig read(Path plan, List<String> settings) {
    var source = Source.read(plan, "a benchmark plan");
    var draft = ConfigReader.draft(source, BenchmarkConfig.newBuilder());
    settings.forEach(setting -> Overrides.apply(draft, FIELD + "." + setting));
    var problems =
        ConfigReader.problems(draft, source.whole()).stream()
            .filter(problem -> isOurs(problem))
            .map(PlannedCluster::asTyped)
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return ((BenchmarkConfig) draft.message().build()).getCluster();
  }

  private static boolean isOurs(Problem problem) {
    return problem.file().startsWith("--set ")
        || problem.path().equals(FIELD)
        || problem.path().startsWith(FIELD + ".");
  }

  /** The user typed {@code --cluster slurm.partition=...}. */
  private static Problem asTyped(Problem problem) {
    return new Problem(
        problem.file().replace(OVERRIDE, "--cluster "),
        problem.line(),
        problem.column(),
        problem.sourceLine(),
        problem.path(),
        problem.message());
  }
}
