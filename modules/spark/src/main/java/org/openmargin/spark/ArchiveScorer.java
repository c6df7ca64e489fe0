package org.openmargin.spark;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.openmargin.serving.archive.ArchiveRow;
import org.openmargin.serving.archive.FixedBatches;

/**
 * What a task does with its partition.
 *
 * @param hadoop where files are
 */
record ArchiveScorer(SharedModel model, Broadcast<SerializableConfiguration> hadoop)
    implements Serializable {

  Iterator<ArchiveRow> score(Iterator<ArchiveItem> items) {
    var contents = new FileContents(hadoop.value().value());
    var batches = FixedBatches.of(ExecutorModels.get(model));
    return new ScoredRows(items, contents, batches, model.audit());
  }
}
