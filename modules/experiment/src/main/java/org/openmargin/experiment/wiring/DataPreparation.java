package org.openmargin.experiment.wiring;

import java.util.List;
import java.util.Optional;
import org.openmargin.data.ClassSplit;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.OpenSetSplits;
import org.openmargin.data.Rehearsal;

/**
 * How images become the splits of an open-set experiment.
 *
 * @param source where images come from
 * @param rehearsal if known classes are to stand for unknown ones
 * @param geometry to the size that the network sees; empty for images that have it already
 * @param knownClasses ids
 */
public record DataPreparation(
    DataSource source,
    Optional<Rehearsal> rehearsal,
    Optional<ImageGeometry> geometry,
    List<Integer> knownClasses) {

  /** Copies the list. */
  public DataPreparation {
    knownClasses = List.copyOf(knownClasses);
  }

  /** Loads all images, at the size that the network sees. */
  public Dataset dataset() {
    var loaded = source.load();
    var dataset = rehearsal.map(r -> r.of(loaded)).orElse(loaded);
    return geometry.map(dataset::preprocessed).orElse(dataset);
  }

  /** Known classes in label order, unknown ones apart. */
  public OpenSetSplits splits(Dataset dataset) {
    return OpenSetSplits.of(dataset, new ClassSplit(dataset.classNames(), knownClasses));
  }
}
