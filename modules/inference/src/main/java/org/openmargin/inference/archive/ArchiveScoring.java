package org.openmargin.inference.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.openmargin.data.DataException;
import org.openmargin.data.WorkListener;
import org.openmargin.files.FileErrors;
import org.openmargin.files.FolderLock;
import org.openmargin.inference.FileClassifier;

/**
 * Scores all files of an archive into one file. It is written in shards of some files each; a run
 * that was killed, at whatever moment, and is started again answers what is missing: no file twice,
 * and none not at all. A file that cannot be used is a row with its reason.
 *
 * @param work hears how many files are done
 */
public record ArchiveScoring(FileClassifier classifier, WorkListener work, Clock clock) {

  /**
   * @param files of the archive
   * @param resumed of them, those that an earlier run had answered
   */
  public record Outcome(int files, int resumed) {}

  /**
   * @param out does not exist, or only the shards of the same plan beside it
   * @throws DataException if it exists, the shards are of another plan, or another process scores
   *     into it
   */
  public Outcome score(ScoringPlan plan, List<Path> files, Path out) {
    var shards = new ShardFolder(out);
    try {
      if (Files.exists(out) && !shards.begun()) {
        throw new DataException(out + " already exists; name another file");
      }
      return new FolderLock(shards.lock())
          .tryHolding(() -> locked(plan, files, shards))
          .orElseThrow(
              () -> new DataException("another process scores into " + out + "; let it finish"));
    } catch (UncheckedIOException e) {
      throw unwritable(out, e.getCause());
    } catch (IOException e) {
      throw unwritable(out, e);
    }
  }

  private static DataException unwritable(Path out, IOException e) {
    return new DataException(out + " cannot be written: " + FileErrors.reason(e), e);
  }

  private Outcome locked(ScoringPlan plan, List<Path> files, ShardFolder shards)
      throws IOException {
    if (!shards.begun()) {
      shards.begin(plan, files);
    }
    shards.requireSame(plan);
    if (Files.exists(shards.out())) {
      // Killed after the last step but one.
      shards.delete();
      return new Outcome(files.size(), files.size());
    }
    var all = shards.files();
    var resumed = 0;
    var done = 0;
    for (var number = 0; number < plan.shards(all.size()); number++) {
      var some = plan.filesOf(all, number);
      if (shards.has(number)) {
        resumed += some.size();
      } else {
        shards.write(number, plan.answers(classifier, some, clock));
      }
      done += some.size();
      work.at("scoring images", done, all.size());
    }
    shards.finish(plan, plan.shards(all.size()));
    return new Outcome(all.size(), resumed);
  }
}
