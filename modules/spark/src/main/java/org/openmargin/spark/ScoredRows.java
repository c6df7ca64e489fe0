package org.openmargin.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.openmargin.serving.archive.ArchiveRow;
import org.openmargin.serving.archive.Audit;
import org.openmargin.serving.archive.FixedBatches;
import org.openmargin.spark.FileContents.Content;

/** The rows of a partition, in its order, a batch at a time; the next batch is read when needed. */
final class ScoredRows implements Iterator<ArchiveRow> {
  private final Iterator<ArchiveItem> items;
  private final FileContents contents;
  private final FixedBatches batches;
  private final Audit audit;
  private final Queue<ArchiveRow> ready = new ArrayDeque<>();

  ScoredRows(
      Iterator<ArchiveItem> items, FileContents contents, FixedBatches batches, Audit audit) {
    this.items = items;
    this.contents = contents;
    this.batches = batches;
    this.audit = audit;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && items.hasNext()) {
      answerBatch();
    }
    return !ready.isEmpty();
  }

  @Override
  public ArchiveRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void answerBatch() {
    var rows = new ArrayList<Optional<ArchiveRow>>();
    var paths = new ArrayList<String>();
    var bytes = new ArrayList<byte[]>();
    while (items.hasNext() && bytes.size() < batches.size() && rows.size() < 2 * batches.size()) {
      var item = items.next();
      var content = contents.of(item);
      if (content instanceof Content.Bytes found) {
        paths.add(item.path());
        bytes.add(found.bytes());
        rows.add(Optional.empty());
      } else if (content instanceof Content.None none) {
        var row = ArchiveRow.unusable(item.path(), none.reason(), none.error(), audit);
        rows.add(Optional.of(row));
      }
    }
    var answered = answered(paths, bytes);
    for (var row : rows) {
      ready.add(row.orElseGet(answered::next));
    }
  }

  private Iterator<ArchiveRow> answered(List<String> paths, List<byte[]> bytes) {
    var answers = batches.classify(bytes);
    var rows = new ArrayList<ArchiveRow>();
    for (var i = 0; i < answers.size(); i++) {
      rows.add(ArchiveRow.of(paths.get(i), answers.get(i), audit));
    }
    return rows.iterator();
  }
}
