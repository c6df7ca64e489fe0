package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.openmargin.data.Images;

/** The smallest experiment: one epoch in seconds, the same numbers in every run. */
final class Tiny {
  private static final Path FILE = Path.of("../../proto/experiments/synthetic/tiny.textproto");

  private Tiny() {}

  static Experiment tiny(String... overrides) {
    var all = new ArrayList<>(List.of("training.epochs=1", "runtime.deterministic=true"));
    all.addAll(List.of(overrides));
    return Experiment.read(FILE, all.toArray(String[]::new)).withNotices(notice -> {});
  }

  static byte[] encoded(Images images, String format) throws IOException {
    var pixels = new byte[images.bytesPerImage()];
    images.copyTo(0, pixels, 0);
    var picture = new BufferedImage(images.width(), images.height(), BufferedImage.TYPE_INT_RGB);
    for (var i = 0; i < pixels.length; i += 3) {
      var rgb = new Color(pixels[i] & 255, pixels[i + 1] & 255, pixels[i + 2] & 255).getRGB();
      picture.setRGB(i / 3 % images.width(), i / 3 / images.width(), rgb);
    }
    var file = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, format, file)).isTrue();
    return file.toByteArray();
  }
}
