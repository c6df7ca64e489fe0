package org.openmargin.inference.archive;

import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.inference.FileClassifier;
import org.openmargin.serving.archive.Audit;

/**
 * What is to be scored, and by what; a run is resumed only by the same plan.
 *
 * @param place a folder or a manifest
 * @param audit the model
 * @param shard files per shard
 */
public record ScoringPlan(Path place, Audit audit, AnswerFormat format, int shard) {
  private static final int USUAL_SHARD = 1_000;

  public ScoringPlan(Path place, Audit audit, AnswerFormat format) {
    this(place, audit, format, USUAL_SHARD);
  }

  /** One line per fact. */
  String text() {
    return String.join(
        "\n",
        "place " + place,
        "model_digest " + audit.digest(),
        "threshold " + audit.threshold(),
        "format " + format,
        "files_per_shard " + shard,
        "");
  }

  List<Path> filesOf(List<Path> all, int number) {
    return all.subList(number * shard, Math.min(all.size(), (number + 1) * shard));
  }

  int shards(int files) {
    return (files + shard - 1) / shard;
  }

  /** The answers about some files, without a header. */
  byte[] answers(FileClassifier classifier, List<Path> files, Clock clock) {
    var rows = new ArrayList<AnswerRow>();
    classifier.classify(
        files,
        answers -> {
          var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
          answers.forEach(answer -> rows.add(new AnswerRow(answer, audit, now)));
        });
    return format.shard(rows);
  }
}
