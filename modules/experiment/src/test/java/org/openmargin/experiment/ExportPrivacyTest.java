package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmargin.experiment.Tiny.encoded;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.data.synthetic.SyntheticCells;
import org.openmargin.serving.ExampleImages;

/** Nothing of a patient leaves with a model: no image, no file name, no path. */
class ExportPrivacyTest {
  private static final int SIZE = 32;
  private static final Pattern BASE64 = Pattern.compile("\"([A-Za-z0-9+/=]{40,})\"");
  private static final String PNG = "\u0089PNG\r\n\u001a\n";

  @TempDir Path folder;
  private final List<String> pixels = new ArrayList<>();
  private Run run;

  /** A run on files whose names must not be seen. */
  @BeforeEach
  void train() throws IOException {
    var images = folder.resolve("ward-seven");
    var cells = new SyntheticCells(new SyntheticCells.Settings(SIZE, 16, 8, 8, 5)).load();
    for (var part : List.of(cells.train(), cells.validation(), cells.test())) {
      for (var i = 0; i < part.count(); i++) {
        var file = encoded(part.images().select(new int[] {i}), "png");
        var name = "jane-doe-%s.png".formatted(part.ids().get(i).replaceAll("[^a-z0-9]", "-"));
        var into = images.resolve("kind-" + part.labels()[i]);
        Files.write(Files.createDirectories(into).resolve(name), file);
        pixels.add(pixels(file));
      }
    }
    run =
        tiny(
                "data.folder.path=" + images,
                "data.folder.channels=3",
                "data.folder.validation_fraction=0.3",
                "data.folder.test_fraction=0.3")
            .train(folder.resolve("run"));
    run.evaluate();
  }

  private static String pixels(byte[] file) {
    var image = ImageFiles.decode(file, 3);
    var values = new byte[image.bytesPerImage()];
    image.copyTo(0, values, 0);
    return text(values);
  }

  @Test
  void noImageNoNameAndNoPathIsInAnyFile() throws IOException {
    run.export(folder.resolve("savedmodels"));
    var host = InetAddress.getLocalHost().getHostName();
    for (var file : files()) {
      var content = contents(file);
      assertThat(content.split("jane-doe|ward-seven", -1)).as("names in %s", file).hasSize(1);
      assertThat(List.of(folder.toString(), System.getProperty("user.dir"), host))
          .as("places in %s", file)
          .noneMatch(place -> place.length() > 5 && content.contains(place)); // "vm" is everywhere
      assertThat(pixels)
          .as("images in %s", file)
          .noneMatch(
              image ->
                  content.contains(
                      image.substring(image.length() / 2, image.length() / 2 + 3 * SIZE)));
    }
  }

  /** The same search finds them when they are there. */
  @Test
  void realImagesAreFoundWhenTheyWereAskedFor() throws IOException {
    run.export(ModelRequest.in(folder.resolve("savedmodels")).withExamples(ExampleImages.REAL));
    for (var name :
        List.of("assets.extra/golden.json", "assets.extra/tf_serving_warmup_requests")) {
      var content = contents(file(name));
      assertThat(pixels).filteredOn(content::contains).as(name).hasSizeGreaterThanOrEqualTo(8);
    }
  }

  private Path file(String name) throws IOException {
    return files().stream().filter(file -> file.endsWith(name)).findFirst().orElseThrow();
  }

  private List<Path> files() throws IOException {
    try (var all = Files.walk(folder.resolve("savedmodels"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** Of a file, with what is written in base64, and the pixels of the PNG files in it. */
  private static String contents(Path file) throws IOException {
    var all = new StringBuilder(text(Files.readAllBytes(file)));
    var encoded = BASE64.matcher(all.toString());
    while (encoded.find()) {
      all.append(text(Base64.getDecoder().decode(encoded.group(1))));
    }
    var raw = all.toString();
    for (var at = raw.indexOf(PNG); at >= 0; at = raw.indexOf(PNG, at + 1)) {
      // The bare signature is a constant of the graph.
      if (raw.startsWith("IHDR", at + PNG.length() + Integer.BYTES)) {
        all.append(pixels(raw.substring(at).getBytes(StandardCharsets.ISO_8859_1)));
      }
    }
    return all.toString();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
