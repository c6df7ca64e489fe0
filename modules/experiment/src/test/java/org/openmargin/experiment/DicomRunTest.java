package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.data.synthetic.SyntheticCells;
import org.openmargin.files.image.LevelRule;
import org.openmargin.serving.OpenSetClassifier;

/** From folders of DICOM files to a model that sees such files as its training did. */
class DicomRunTest {
  private static final int SIZE = 32;
  private static final String MARK = "JANE^DOE^1955";

  @TempDir Path folder;
  private final List<Path> files = new ArrayList<>();
  private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
  private Path model = Path.of("");

  /** Every second file has an ending; the others are found by what they begin with. */
  @BeforeEach
  void train() throws IOException {
    var cells = new SyntheticCells(new SyntheticCells.Settings(SIZE, 16, 8, 8, 5)).load();
    var sample = new DicomSample(MARK);
    for (var part : List.of(cells.train(), cells.validation(), cells.test())) {
      for (var i = 0; i < part.count(); i++) {
        var pixels = new byte[part.images().bytesPerImage()];
        part.images().copyTo(i, pixels, 0);
        var values = new int[SIZE * SIZE];
        for (var p = 0; p < values.length; p++) {
          values[p] = (pixels[3 * p] & 0xff) * 16 + (pixels[3 * p + 1] & 0xf);
        }
        var into = Files.createDirectories(folder.resolve("images/kind-" + part.labels()[i]));
        var name = "IM%05d%s".formatted(files.size(), files.size() % 2 == 0 ? ".dcm" : "");
        files.add(Files.write(into.resolve(name), sample.file(values, SIZE)));
      }
    }
    var run =
        tiny(
                "data.folder.path=" + folder.resolve("images"),
                "data.folder.channels=1",
                "data.folder.validation_fraction=0.3",
                "data.folder.test_fraction=0.3",
                "data.levels.percentiles.low=5",
                "data.levels.percentiles.high=90")
            .withNotices(notices::add)
            .train(folder.resolve("run"));
    run.evaluate();
    model = run.export(folder.resolve("savedmodels"));
  }

  @Test
  void theModelSeesAFileAsItsTrainingDidAndNothingOfAHeaderGoesAnywhere() throws IOException {
    assertThat(notices).anyMatch(n -> n.contains("burned into their pixels"));
    assertThat(notices).noneMatch(n -> n.contains(MARK));
    mustHoldNoMark();

    var rule =
        LevelRule.parse("DICOM: window percentiles 5.0 to 90.0, frame 1; 16 bits: upper byte");
    try (var classifier = OpenSetClassifier.load(model)) {
      assertThat(classifier.selfDescription().levels()).isEqualTo(rule);
      for (var file : files.subList(0, 12)) {
        var encoded = Files.readAllBytes(file);
        assertThat(encoded).contains(MARK.getBytes(StandardCharsets.ISO_8859_1));
        var trained = classifier.classify(pixels(encoded, rule), SIZE, SIZE);
        var served = classifier.classify(file);
        assertThat(served.embedding()).isEqualTo(trained.embedding());
        assertThat(served.unknownScore()).isEqualTo(trained.unknownScore());
        var other = classifier.classify(pixels(encoded, LevelRule.DEFAULT), SIZE, SIZE);
        assertThat(other.embedding()).as("by another rule").isNotEqualTo(served.embedding());
      }
    }
  }

  private void mustHoldNoMark() throws IOException {
    for (var place : List.of("run", "savedmodels")) {
      try (var all = Files.walk(folder.resolve(place))) {
        var written = all.filter(Files::isRegularFile).toList();
        assertThat(written).hasSizeGreaterThan(5);
        for (var file : written) {
          var content = Files.readString(file, StandardCharsets.ISO_8859_1);
          assertThat(content.contains("JANE") || content.contains("DOE^"))
              .as(file.toString())
              .isFalse();
        }
      }
    }
  }

  private static byte[] pixels(byte[] file, LevelRule rule) {
    var image = ImageFiles.read(file, 1, rule).pixels().preprocessed(ImageGeometry.square(SIZE));
    var pixels = new byte[image.bytesPerImage()];
    image.copyTo(0, pixels, 0);
    return pixels;
  }
}
