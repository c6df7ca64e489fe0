package org.openmargin.experiment.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.map.picture.MapFiles;
import org.openmargin.trainer.TrainingException;

/**
 * The files of a map of embeddings; {@code tensorboard --logdir FOLDER} opens it, too. Each is
 * written whole or not at all.
 */
public record MapFolder(Path path) {

  /** One row per point. */
  public Path embeddings() {
    return path.resolve("embeddings.csv");
  }

  /** Distances between classes in all dimensions, and how the map was made. */
  public Path distances() {
    return path.resolve("distances.json");
  }

  /** The t-SNE map, with a PNG version beside it. */
  public Path tsne() {
    return path.resolve("tsne.svg");
  }

  /** The PCA map, with a PNG version beside it. */
  public Path pca() {
    return path.resolve("pca.svg");
  }

  /** The configuration of TensorBoard's projector. */
  public Path projector() {
    return path.resolve("projector_config.pbtxt");
  }

  public List<Path> files() {
    return Stream.concat(
            Stream.of(distances(), embeddings(), tsne(), pca(), projector()),
            Stream.of("tsne.png", "pca.png", "tensors.tsv", "metadata.tsv", "sprite.png")
                .map(path::resolve))
        .toList();
  }

  public void create() {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Pictures and tables first, the numbers last: where they exist, everything does. */
  public void write(MapFiles files, String distances) {
    try {
      // Old numbers must not lie beside the new pictures.
      Files.deleteIfExists(distances());
      files.write(path);
      AtomicTextFile.write(distances(), writer -> writer.write(distances));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private TrainingException unwritable(IOException e) {
    return RunFolder.unwritable(path, e);
  }
}
