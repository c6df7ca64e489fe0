package org.openmargin.experiment.wiring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.FileFacts;
import org.openmargin.data.ImageSizes;
import org.openmargin.files.PathHints;

/**
 * A source that reads a file or folder, with a remedy if that is missing.
 *
 * @param remedy end of the error message, such as {@code download it with: ...}
 */
record LocatedSource(Path path, String remedy, DataSource source) implements DataSource {

  @Override
  public void requirePresent() {
    if (!Files.exists(path)) {
      throw new DataException(
          "%s: no such file or folder%s; %s".formatted(path, PathHints.missing(path), remedy));
    }
  }

  @Override
  public Dataset load() {
    requirePresent();
    return source.load();
  }

  @Override
  public Optional<ImageSizes> trainingSizes() {
    return source.trainingSizes();
  }

  @Override
  public Map<String, FileFacts> fileFacts() {
    return source.fileFacts();
  }

  @Override
  public List<String> sourceNames() {
    return source.sourceNames();
  }

  @Override
  public List<CrossingGroup> crossingGroups() {
    requirePresent();
    return source.crossingGroups();
  }

  @Override
  public LocatedSource acceptingCrossingGroups() {
    requirePresent();
    return new LocatedSource(path, remedy, source.acceptingCrossingGroups());
  }
}
