package org.openmargin.experiment.classes;

import java.util.Optional;
import org.openmargin.data.ClassSplit;
import org.openmargin.data.DataException;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.rehearsal.Rehearsal;

/**
 * Where images come from, and which classes are known.
 *
 * @param rehearsal set if known classes stand in for unknown ones
 * @param geometry to the network's input size; empty for images that already have it
 */
public record ImagePreparation(
    DataSource source,
    Optional<ClassChoice> rehearsal,
    Optional<ImageGeometry> geometry,
    ClassChoice known) {

  /** All images at the network's input size. */
  public Dataset load() {
    var loaded = source.load();
    var dataset = rehearsal.map(classes -> rehearsed(loaded, classes)).orElse(loaded);
    return geometry.map(dataset::preprocessed).orElse(dataset);
  }

  /** The same images for an audit; see {@link DataSource#acceptingCrossingGroups}. */
  public ImagePreparation acceptingCrossingGroups() {
    return new ImagePreparation(source.acceptingCrossingGroups(), rehearsal, geometry, known);
  }

  /** Known and unknown classes of a data set. */
  public ClassSplit split(Dataset dataset) {
    return new ClassSplit(dataset.classNames(), known.in(dataset.classNames()));
  }

  /** The schema can check this only if all classes are given by id. */
  private Dataset rehearsed(Dataset dataset, ClassChoice choice) {
    var classes = choice.in(dataset.classNames());
    var stillKnown = known.in(dataset.classNames());
    var allKnown = classes.size() == stillKnown.size();
    if (!classes.containsAll(stillKnown) || (allKnown && classes.size() != 2)) {
      throw new DataException(
          "%s: must contain all known classes and, unless they are just two, at least one more, which poses as unknown"
              .formatted(choice.field()));
    }
    var unknown = allKnown ? Rehearsal.Unknown.BLENDS : Rehearsal.Unknown.HELD_OUT_CLASSES;
    return new Rehearsal(classes, unknown).of(dataset);
  }
}
