package org.openmargin.experiment.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openmargin.config.v1.DataAuditReport;
import org.openmargin.config.v1.DataConfig;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.OpenSetSplits;
import org.openmargin.data.WorkListener;
import org.openmargin.data.audit.AuditResult;
import org.openmargin.data.audit.AuditSettings;
import org.openmargin.data.audit.AuditedSet;
import org.openmargin.data.audit.DataAudit;
import org.openmargin.data.audit.Embedding;
import org.openmargin.experiment.check.ValidationNeeds;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.report.plot.FailurePicture;

/**
 * Audits data sets.
 *
 * @param settings how closely
 * @param work follows it
 * @param embedding also finds images that a model can hardly tell apart; empty for none
 */
public record Auditing(AuditSettings settings, WorkListener work, Optional<Embedding> embedding) {

  /** Without a model. */
  public Auditing(AuditSettings settings, WorkListener work) {
    this(settings, work, Optional.empty());
  }

  /** All images of a data set that belongs to no experiment. */
  public AuditedData of(DataSource source) {
    var groups = new GroupNames(source.crossingGroups());
    var accepting = source.acceptingCrossingGroups();
    var dataset = accepting.load();
    var set = AuditedSet.of(dataset, groups.pseudonyms());
    var calibration = calibration(new int[] {dataset.validation().count()}, false);
    return new AuditedData(set, full(set, accepting), List.of(), groups.refused(), calibration);
  }

  /** The images that an experiment uses, at the network's input size. */
  public AuditedData of(Recipe recipe, DataConfig config) {
    var groups = groups(recipe);
    var images = recipe.images().acceptingCrossingGroups();
    recipe.work().begin("reading images");
    var dataset = images.load();
    var splits = recipe.splits(dataset);
    var set = used(dataset, splits, groups);
    var result = full(set, images.source());
    return audited(recipe, config, splits, result, set).refusing(groups.refused());
  }

  private AuditResult full(AuditedSet set, DataSource source) {
    return new DataAudit(set, settings, work, embedding)
        .full(source.fileFacts(), source.sourceNames());
  }

  private static GroupNames groups(Recipe recipe) {
    return new GroupNames(recipe.images().source().crossingGroups());
  }

  /** The same without the tests for confounding: what a training needs. */
  public static AuditedData quick(
      Recipe recipe, DataConfig config, Dataset dataset, OpenSetSplits splits) {
    var set = used(dataset, splits, groups(recipe));
    var result = new DataAudit(set, AuditSettings.DEFAULT, recipe.work()).quick();
    return audited(recipe, config, splits, result, set);
  }

  /** Pictures for the findings of a run. */
  public static Map<String, FailurePicture> pictures(Recipe recipe, DataAuditReport report) {
    var dataset = recipe.dataset();
    var set = used(dataset, recipe.splits(dataset), new GroupNames(List.of()));
    return AuditedData.pictures(set, report);
  }

  private static AuditedSet used(Dataset dataset, OpenSetSplits splits, GroupNames groups) {
    return AuditedSet.of(dataset, splits.split().known(), groups.pseudonyms());
  }

  private static AuditedData audited(
      Recipe recipe, DataConfig config, OpenSetSplits splits, AuditResult result, AuditedSet set) {
    var counts = new int[splits.split().known().size()];
    for (var label : splits.training().validation().labels()) {
      counts[label]++;
    }
    return new AuditedData(
        set,
        result,
        config.getAcknowledgedLeaksList(),
        List.of(),
        calibration(counts, recipe.scoring().combines()));
  }

  private static DataAuditReport.Calibration calibration(int[] validation, boolean combines) {
    var calibration = DataAuditReport.Calibration.newBuilder();
    ValidationNeeds.smallestAlpha(validation, combines).ifPresent(calibration::setSmallestAlpha);
    return calibration.setValidationImages(IntStream.of(validation).sum()).build();
  }
}
