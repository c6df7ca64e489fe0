package org.openmargin.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openmargin.exporter.Exporter;
import org.openmargin.exporter.Png;
import org.openmargin.exporter.TrainedNetwork;

/**
 * A model with random weights, and files for it, some of them broken.
 *
 * @param model the model's folder
 * @param images a folder of files
 */
record SmallArchive(Path model, Path images) {
  static final int FILES = 150;
  private static final int SIZE_PX = 20;

  /** Every tenth file is cut off, and one is no image. */
  static SmallArchive in(Path folder) throws IOException {
    var network = TrainedNetwork.omcl(folder.resolve("run"));
    var version = Exporter.export(network.request(folder, "energy")).directory();
    var images = Files.createDirectories(folder.resolve("images/sub, 1"));
    var pixels = TrainedNetwork.randomImages(FILES, SIZE_PX * SIZE_PX * 3);
    for (var i = 0; i < FILES; i++) {
      var png = Png.encode(pixels.get(i), SIZE_PX, SIZE_PX, 3);
      Files.write(
          images.resolve("_%03d #%%.png".formatted(i)),
          i % 10 == 5 ? Arrays.copyOf(png, png.length / 2) : png);
    }
    Files.writeString(images.resolve("z.png"), "<html>");
    Files.writeString(images.resolve("notes"), "passed over: no image by name or content");
    Files.writeString(images.resolve(".hidden.png"), "passed over");
    return new SmallArchive(version.getParent(), images.getParent());
  }

  List<Path> files() {
    var folder = images.resolve("sub, 1");
    var numbered =
        IntStream.range(0, FILES).mapToObj(i -> folder.resolve("_%03d #%%.png".formatted(i)));
    return Stream.concat(numbered, Stream.of(folder.resolve("z.png"))).toList();
  }
}
