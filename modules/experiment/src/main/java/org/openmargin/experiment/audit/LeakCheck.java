package org.openmargin.experiment.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openmargin.config.v1.DataConfig;
import org.openmargin.data.Dataset;
import org.openmargin.data.OpenSetSplits;
import org.openmargin.data.audit.Finding;
import org.openmargin.data.audit.FindingKind;
import org.openmargin.data.audit.Leaks;
import org.openmargin.experiment.wiring.Recipe;

/**
 * Whether a training may begin, as far as its images go: training and test must share nothing that
 * the experiment does not acknowledge by name.
 *
 * @param audited empty for images that were not looked at
 * @param refuses false for a rehearsal, whose figures only choose settings
 */
public record LeakCheck(Optional<AuditedData> audited, boolean refuses) {

  /** For a training that has begun already. */
  public static final LeakCheck NONE = new LeakCheck(Optional.empty(), false);

  /** Looks at the images of an experiment; drawn ones are drawn independently and need no look. */
  public static LeakCheck of(
      DataConfig config, Recipe recipe, Dataset dataset, OpenSetSplits splits) {
    return config.hasSyntheticCells()
        ? NONE
        : new LeakCheck(
            Optional.of(Auditing.quick(recipe, config, dataset, splits)), !config.hasRehearsal());
  }

  /** What training and test share, and the line that would accept it; empty if nothing is. */
  public Optional<String> fault() {
    var refused = leaks().map(Leaks::refused).orElse(List.of());
    if (refused.isEmpty() || !refuses) {
      return Optional.empty();
    }
    return Optional.of(
        "training and test share images or groups, so the test's figures would be too good: %s. Remove them from one of the two, or accept them in the experiment by data { %s }; to see them: openmargin data audit"
            .formatted(
                refused.stream().map(LeakCheck::named).collect(Collectors.joining("; ")),
                leaks().orElseThrow().acknowledgement()));
  }

  /** What is worth saying besides: accepted leaks, names of none, other splits, empty images. */
  public List<String> notices() {
    var notices = new ArrayList<String>();
    leaks()
        .ifPresent(
            leaks -> {
              var refused = leaks.refused();
              leaks.found().stream()
                  .filter(leak -> !refuses || !refused.contains(leak))
                  .map(leak -> (refused.contains(leak) ? "" : "accepted: ") + named(leak))
                  .forEach(notices::add);
              leaks.stale().stream()
                  .map(
                      "data.acknowledged_leaks: %s fits nothing that was found; delete it"
                          ::formatted)
                  .forEach(notices::add);
            });
    audited.stream()
        .flatMap(data -> data.findings().stream())
        .filter(finding -> !finding.isLeak() && isNews(finding))
        .map(Finding::line)
        .forEach(notices::add);
    return notices;
  }

  private Optional<Leaks> leaks() {
    return audited.map(AuditedData::leaks);
  }

  private static String named(Finding leak) {
    return leak.line() + " [" + leak.name() + "]";
  }

  /** Equal images are reported by the data source. */
  private static boolean isNews(Finding finding) {
    return finding.isWarning()
        && finding.kind() != FindingKind.EQUAL_IMAGES
        && finding.kind() != FindingKind.EQUAL_LABELS;
  }
}
