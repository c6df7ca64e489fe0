package org.openmargin.exporter.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.openmargin.exporter.StagedDirectory;
import org.openmargin.exporter.version.DescribedGraph;
import org.openmargin.exporter.version.NextVersion;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelCheck;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.gallery.StoredGallery;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.SavedModel;

/**
 * Writes the next version of a model: the same network and decision, and a gallery with the
 * signature {@code identify}. The version appears in one rename, once it has passed the checks of
 * {@link ModelCheck}; if anything fails, nothing is left behind.
 */
public final class GalleryExporter {
  private final Path model;
  private final ConfigProto session;

  /**
   * @param model a model's directory, or one version in it
   */
  public GalleryExporter(Path model) {
    this(model, ConfigProto.getDefaultInstance());
  }

  /**
   * @param session devices and threads of the checks
   */
  public GalleryExporter(Path model, ConfigProto session) {
    this.model = model;
    this.session = session;
  }

  /**
   * @param directory of the new version
   */
  public record Written(Path directory, long version, StoredGallery gallery) {}

  /**
   * Changes the gallery of the version, or of the highest version of the model. Another process
   * that changes it at the same time waits, and changes what this one has written.
   *
   * @param change from the gallery, if there is one, to the new one
   * @throws ModelException if the model is damaged, the change is refused, or nothing can be
   *     written
   */
  public Written change(Function<Optional<StoredGallery>, StoredGallery> change) {
    return new NextVersion(model)
        .locked(
            (base, folder) -> {
              var old =
                  StoredGallery.isIn(base)
                      ? Optional.of(StoredGallery.read(base))
                      : Optional.<StoredGallery>empty();
              var stored = change.apply(old);
              var directory = NextVersion.write(base, folder, new Changed(stored, session));
              var version = Long.parseLong(directory.getFileName().toString());
              return new Written(directory, version, stored);
            });
  }

  private record Changed(StoredGallery stored, ConfigProto session) implements NextVersion.Change {
    @Override
    public boolean keeps(String path) {
      return !path.startsWith(StoredGallery.FOLDER) && !path.startsWith("variables/");
    }

    @Override
    public void write(Path base, StagedDirectory staged) throws IOException {
      stored.write(staged.path());
      writeGraph(base, staged, stored);
      GalleryExamples.write(base, staged.path(), stored.gallery());
    }

    @Override
    public List<Finding> check(Path version) {
      return ModelCheck.check(version, session);
    }
  }

  private static void writeGraph(Path base, StagedDirectory staged, StoredGallery stored)
      throws IOException {
    var version = staged.path();
    var model = SavedModel.parseFrom(Files.readAllBytes(base.resolve(ModelContract.GRAPH_FILE)));
    var meta = new GalleryGraph(model.getMetaGraphs(0), stored.gallery()).build();
    var file = ModelContract.DESCRIPTION_FILE;
    var old = Files.readString(base.resolve(file));
    var text = new GalleryDescription(old).of(stored.gallery(), staged.version());
    Files.writeString(version.resolve(file), text);
    var graph = new DescribedGraph(meta.getGraphDef(), old).with(text);
    var described = meta.toBuilder().setGraphDef(graph).build();
    Files.write(
        version.resolve(ModelContract.GRAPH_FILE),
        model.toBuilder().setMetaGraphs(0, described).build().toByteArray());
    var variables = version.resolve(ModelContract.VARIABLES);
    Files.createDirectories(variables.getParent());
    new GalleryRows(stored.gallery())
        .writeWith(
            GalleryGraph.variables(model.getMetaGraphs(0)),
            base.resolve(ModelContract.VARIABLES),
            variables);
  }
}
