package org.openmargin.serving.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.openmargin.files.FileErrors;
import org.openmargin.serving.ModelException;

/**
 * A gallery as it lies in an exported model: {@code assets.extra/gallery}.
 *
 * @param history oldest first
 */
public record StoredGallery(Gallery gallery, List<GalleryChange> history) {
  public static final String FOLDER = "assets.extra/gallery";

  private static final String DESCRIPTION = "gallery.textproto";
  private static final String TEMPLATES = "templates.npy";
  private static final String IMPOSTORS = "impostors.npy";

  /** What there is in the folder. */
  public static final Set<String> FILES = Set.of(DESCRIPTION, TEMPLATES, IMPOSTORS);

  public StoredGallery {
    history = List.copyOf(history);
  }

  /** After one more change. */
  public StoredGallery changed(Gallery next, GalleryChange change) {
    var longer = new ArrayList<>(history);
    longer.add(change);
    return new StoredGallery(next, longer);
  }

  /** Whether a version of a model has a gallery. */
  public static boolean isIn(Path version) {
    return Files.isRegularFile(version.resolve(FOLDER).resolve(DESCRIPTION));
  }

  /**
   * The gallery of a version of a model.
   *
   * @throws ModelException if it has none, or a damaged one
   */
  public static StoredGallery read(Path version) {
    if (!isIn(version)) {
      throw new ModelException(version + " has no gallery; create one first");
    }
    var folder = version.resolve(FOLDER);
    try {
      var text = Files.readString(folder.resolve(DESCRIPTION));
      var templates = VectorFile.read(folder.resolve(TEMPLATES));
      var impostors = folder.resolve(IMPOSTORS);
      return GalleryText.parse(
          text, templates, Files.exists(impostors) ? VectorFile.read(impostors) : List.of());
    } catch (IOException e) {
      throw new ModelException(folder + " cannot be read: " + FileErrors.reason(e), e);
    } catch (ModelException | IllegalArgumentException e) {
      throw new ModelException(folder + " is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * Writes the files into a version that is being made.
   *
   * @param version whose folder {@code assets.extra} exists and holds no gallery
   */
  public void write(Path version) throws IOException {
    var folder = Files.createDirectory(version.resolve(FOLDER));
    Files.writeString(folder.resolve(DESCRIPTION), GalleryText.of(this));
    var rows = gallery.identities().stream().flatMap(i -> i.templates().stream());
    VectorFile.write(folder.resolve(TEMPLATES), rows.iterator(), gallery.templates());
    if (gallery.calibration() instanceof GalleryCalibration.Impostors impostors) {
      var embeddings = impostors.embeddings();
      VectorFile.write(folder.resolve(IMPOSTORS), embeddings.iterator(), embeddings.size());
    }
  }
}
