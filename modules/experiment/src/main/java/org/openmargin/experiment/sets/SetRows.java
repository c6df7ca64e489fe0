package org.openmargin.experiment.sets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.EvaluationReport.ImageSet;
import org.openmargin.data.shift.ShiftedGroup;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.metric.Interval;
import org.openmargin.scoring.sets.SetAnswers;
import org.openmargin.scoring.sets.SetFigures;

/** Collects answers to sets of images and makes the rows of evaluation.json from them. */
public final class SetRows {
  private final Optional<Bootstrap> bootstrap;
  private final Truth truth;
  private final SetAnswers test;
  private final SetAnswers known;
  private final List<SetAnswers> shifted = new ArrayList<>();
  private final List<ShiftedGroup> shiftedGroups = new ArrayList<>();
  private final List<SetAnswers> far = new ArrayList<>();

  /**
   * @param truth of the test images
   * @param test answers to them
   * @param bootstrap for intervals
   */
  public SetRows(Truth truth, SetAnswers test, Bootstrap bootstrap) {
    this.bootstrap = Optional.of(bootstrap);
    this.truth = truth;
    this.test = test;
    this.known = test.select(rows(truth, true));
  }

  private static int[] rows(Truth truth, boolean known) {
    return IntStream.range(0, truth.size()).filter(row -> truth.isKnown(row) == known).toArray();
  }

  /** Images of known classes from elsewhere. */
  public void add(ShiftedGroup group, SetAnswers answers) {
    shiftedGroups.add(group);
    shifted.add(answers);
  }

  /** Images of no class. */
  public void addFar(SetAnswers answers) {
    far.add(answers);
  }

  /** The sets that have images, the nearest first. */
  public List<ImageSet> messages() {
    var sets = new ArrayList<ImageSet>();
    sets.add(set(ImageSet.Kind.KNOWN, SetFigures.known(known, bootstrap)).build());
    var moved = joined(shifted);
    moved.map(this::shiftedSet).ifPresent(sets::add);
    var near = test.select(rows(truth, false));
    if (near.size() > 0) {
      sets.add(nearSet(near, moved));
    }
    joined(far)
        .map(all -> SetFigures.unknown(all, known, moved, bootstrap))
        .map(figures -> set(ImageSet.Kind.FAR_UNKNOWN, figures).build())
        .ifPresent(sets::add);
    return sets;
  }

  private static Optional<SetAnswers> joined(List<SetAnswers> parts) {
    return Optional.of(SetAnswers.joined(parts)).filter(all -> all.size() > 0);
  }

  private ImageSet shiftedSet(SetAnswers all) {
    Function<SetAnswers, SetFigures> figures =
        answers -> SetFigures.shifted(answers, known, Optional.empty());
    var set = set(ImageSet.Kind.SHIFTED_KNOWN, SetFigures.shifted(all, known, bootstrap));
    for (var i = 0; i < shifted.size(); i++) {
      var group = shiftedGroups.get(i);
      set.addParts(
          part(group.name(), figures.apply(shifted.get(i)))
              .setFound(group.found())
              .addAllUnreadable(group.unreadable()));
    }
    return set.build();
  }

  private ImageSet nearSet(SetAnswers near, Optional<SetAnswers> moved) {
    var set = set(ImageSet.Kind.NEAR_UNKNOWN, SetFigures.unknown(near, known, moved, bootstrap));
    var byClass = new TreeMap<String, IntStream.Builder>();
    for (var row : rows(truth, false)) {
      byClass.computeIfAbsent(truth.classNames().get(row), n -> IntStream.builder()).add(row);
    }
    byClass.forEach(
        (name, rows) -> {
          var answers = test.select(rows.build().toArray());
          var figures = SetFigures.unknown(answers, known, moved, Optional.empty());
          set.addParts(part(name, figures).setFound(answers.size()));
        });
    return set.build();
  }

  private static ImageSet.Builder set(ImageSet.Kind kind, SetFigures figures) {
    return ImageSet.newBuilder().setKind(kind).setFigures(message(figures));
  }

  private static ImageSet.Part.Builder part(String name, SetFigures figures) {
    return ImageSet.Part.newBuilder().setName(name).setFigures(message(figures));
  }

  private static EvaluationReport.SetFigures message(SetFigures figures) {
    var message =
        EvaluationReport.SetFigures.newBuilder()
            .setImages(figures.images())
            .setRejectionRate(figures.rejectionRate());
    figures
        .accuracy()
        .ifPresent(
            acc -> {
              message.setAcc(acc.value());
              acc.interval().map(SetRows::message).ifPresent(message::setAccInterval);
            });
    figures.acceptedAccuracy().ifPresent(message::setAcceptedAcc);
    figures
        .auroc()
        .ifPresent(
            auroc -> {
              message.setAuroc(auroc.value());
              auroc.interval().map(SetRows::message).ifPresent(message::setAurocInterval);
            });
    figures.fullSpectrumAuroc().ifPresent(message::setFullSpectrumAuroc);
    return message.build();
  }

  private static EvaluationReport.Interval message(Interval interval) {
    return EvaluationReport.Interval.newBuilder()
        .setLow(interval.low())
        .setHigh(interval.high())
        .build();
  }
}
