package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.openmargin.serving.ExampleImages;

/**
 * The SavedModel to write.
 *
 * @param base folder of all models
 * @param version number, or empty for one more than the highest
 * @param examples the images stored with the model in {@code golden.json} and the warm-up file
 */
public record ModelRequest(Path base, OptionalLong version, ExampleImages examples) {

  /** The next version in {@code base}, with drawn examples. */
  public static ModelRequest in(Path base) {
    return new ModelRequest(base, OptionalLong.empty(), ExampleImages.DRAWN);
  }

  /** The same with a version number. */
  public ModelRequest withVersion(long number) {
    return new ModelRequest(base, OptionalLong.of(number), examples);
  }

  /** The same with other examples. */
  public ModelRequest withExamples(ExampleImages images) {
    return new ModelRequest(base, version, images);
  }
}
