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
 *
 * @param path the folder
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

  /** The t-SNE map; the same as PNG is beside it. */
  public Path tsne() {
    return path.resolve("tsne.svg");
  }

  /** The PCA map; the same as PNG is beside it. */
  public Path pca() {
    return path.resolve("pca.svg");
  }

  /** What TensorBoard's projector looks for. */
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

  /** The pictures and tables first, then the numbers: where they are, all of it is. */
  public void write(MapFiles files, String distances) {
    try {
      // The numbers of an earlier map must not stand beside the pictures of this one.
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
