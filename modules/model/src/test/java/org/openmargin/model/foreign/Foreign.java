package org.openmargin.model.foreign;

import java.nio.file.Path;
import org.openmargin.model.foreign.SavedModelBackbone.Settings;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.InputFormat;

/** Backbones for tests, and what they answer. */
final class Foreign {
  static final InputFormat FORMAT = InputFormat.of(16, 16, 3);

  private Foreign() {}

  static SavedModelBackbone backbone(Path path) {
    return backbone(path, PixelConvention.RAW, Pooling.NONE);
  }

  static SavedModelBackbone backbone(Path path, PixelConvention pixels, Pooling pooling) {
    return backbone(path, Settings.Signature.DEFAULT, new Settings.Input(0, pixels), pooling);
  }

  static SavedModelBackbone backbone(
      Path path, Settings.Signature signature, Settings.Input input, Pooling pooling) {
    var source = new Settings.Source(path, "");
    return new SavedModelBackbone(new Settings(source, signature, input, pooling));
  }

  /** Images whose byte number i is (7 i + i i / 13) % 256. */
  static double[] pixels(int count, InputFormat format) {
    var pixels = new double[count * format.bytes()];
    for (var i = 0; i < pixels.length; i++) {
      pixels[i] = (7L * i + (long) i * i / 13) % 256;
    }
    return pixels;
  }

  /** Embeddings of {@link #pixels}, row by row. */
  static double[] embeddings(SavedModelBackbone backbone, int count, InputFormat format) {
    backbone.embeddingSize(format);
    try (var fixture = new GraphFixture()) {
      var images =
          fixture.tensor(
              pixels(count, format), count, format.height(), format.width(), format.channels());
      var net = fixture.inference();
      var embedded = backbone.embed(net, backbone.input(net, format, images));
      return fixture.value(embedded);
    }
  }
}
