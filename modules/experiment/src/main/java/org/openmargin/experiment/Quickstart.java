package org.openmargin.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.config.Experiments;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.synthetic.SyntheticCells;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.exporter.Png;
import org.openmargin.files.AtomicFile;
import org.openmargin.files.FileErrors;

/** The experiment that needs no data, and new images for it. */
public final class Quickstart {
  private Quickstart() {}

  /**
   * The embedded experiment on drawn cells.
   *
   * @param overrides {@code path=value}
   * @throws org.openmargin.config.text.ConfigException with every problem at once
   */
  public static Experiment experiment(String... overrides) {
    return Experiment.of(
        Experiments.parse(Experiments.quickstart(), "quickstart.textproto", List.of(overrides)));
  }

  /**
   * Draws one image of each class with a seed other than the experiment's, and writes them as PNG
   * files named after their class.
   *
   * @param experiment on drawn cells
   * @param folder created if missing
   * @return the files, known and unknown classes in label order
   * @throws RunException if a file cannot be written
   */
  public static List<Path> drawNewImages(Experiment experiment, Path folder) {
    var data = experiment.config().getData();
    var seed = data.getSyntheticCells().getSeed() + 1;
    var settings = new SyntheticCells.Settings(data.getImageSizePx(), 1, 1, 1, seed);
    var drawn = new SyntheticCells(settings).load().test();
    var files = new ArrayList<Path>();
    try {
      Files.createDirectories(folder);
      for (var i = 0; i < drawn.count(); i++) {
        var file = folder.resolve(name(drawn, i));
        var png = png(drawn.images(), i);
        AtomicFile.write(file, out -> out.write(png));
        files.add(file);
      }
    } catch (IOException e) {
      throw new RunException("cannot write images to " + folder + ": " + FileErrors.reason(e), e);
    }
    return List.copyOf(files);
  }

  private static String name(LabeledImages drawn, int index) {
    var name = SyntheticCells.CLASS_NAMES.get(drawn.labels()[index]);
    return "%d-%s.png".formatted(drawn.labels()[index], name.replace(' ', '-'));
  }

  private static byte[] png(Images images, int index) {
    var pixels = new byte[images.bytesPerImage()];
    images.copyTo(index, pixels, 0);
    return Png.encode(pixels, images.height(), images.width(), images.channels());
  }
}
