package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.serving.OpenSetClassifier;

/** Training, {@code predict} and the classifier see the same images, and refuse the same ones. */
class ImageFaultsIT {
  @TempDir private Path folder;

  @Test
  void aGreyModelAnswersForColourFilesAsItWasEvaluated() throws IOException {
    var cells = folder.resolve("cells");
    colourful(cells);
    var run = folder.resolve("run");
    var model = trained(cells, run, "data.folder.channels=1");
    var rows = rows(Files.readString(run.resolve("predictions.csv")));
    try (var classifier = OpenSetClassifier.load(model)) {
      var score = rows.get(0).indexOf("unknown_score");
      for (var row : rows.subList(1, rows.size())) {
        var file = Files.readAllBytes(cells.resolve(row.get(0)));
        var answer = classifier.classifyEncoded(List.of(file)).get(0);
        assertThat(answer.unknownScore())
            .as(row.get(0))
            .isCloseTo(Double.parseDouble(row.get(score)), within(1e-5));
      }
      sameAnswersForFilesAndPixels(classifier);
    }
    damagedFilesAreRefused(model);
  }

  private void sameAnswersForFilesAndPixels(OpenSetClassifier classifier) throws IOException {
    for (var file : List.of(turned(6), turned(3), turned(2), DrawnImages.noise(40, "gif", 5))) {
      var pixels = ImageFiles.decode(file, classifier.channels());
      var bytes = new byte[pixels.bytesPerImage()];
      pixels.copyTo(0, bytes, 0);
      var ofPixels = classifier.classify(bytes, pixels.height(), pixels.width());
      var ofFile = classifier.classifyEncoded(List.of(file)).get(0);
      assertThat(ofFile.embedding()).isEqualTo(ofPixels.embedding());
    }
  }

  private void damagedFilesAreRefused(Path model) throws IOException {
    var whole = DrawnImages.noise(64, "jpg", 3);
    var half = Arrays.copyOf(whole, whole.length / 2);
    half[half.length - 2] = (byte) 0xff;
    half[half.length - 1] = (byte) 0xd9;
    var bad = Files.createDirectories(folder.resolve("bad"));
    Files.write(bad.resolve("half.jpg"), half);
    Files.write(bad.resolve("zeros.jpg"), Arrays.copyOf(half, whole.length));
    Files.write(bad.resolve("no-end.jpg"), Arrays.copyOf(whole, whole.length - 2));
    Files.write(bad.resolve("@good.jfif"), whole);
    Files.write(bad.resolve("scan.heic"), "....ftypheic".getBytes(StandardCharsets.UTF_8));
    var predicted = CommandLineRun.of("predict", model, bad, "--format", "csv");
    assertThat(predicted.code()).isEqualTo(ExitCodes.DATA);
    assertThat(predicted.out().lines().skip(1)).singleElement().asString().contains("@good.jfif");
    assertThat(predicted.errors()).hasSize(4).filteredOn(e -> e.contains("damaged")).hasSize(3);
    assertThat(predicted.err()).contains("scan.heic (HEIF OR AVIF)");
    assertThat(CommandLineRun.of("data", "describe", folder.resolve("none")).code()).isNotZero();
  }

  private Path trained(Path cells, Path run, String setting) throws IOException {
    var experiment = folder.resolve("e.textproto");
    Files.writeString(
        experiment,
        """
        name: "tiny-folder"
        data {
          folder { path: "" channels: 3 validation_fraction: 0.3 test_fraction: 0.3 }
          known_classes: [0, 1]
          image_size_px: 32
        }
        model { resnet { variant: TINY } }
        loss { omcl {} }
        training { epochs: 1 batch_size: 8 adam {} constant {} }
        export { alpha: 0.2 }
        """);
    var path = "data.folder.path=" + cells;
    var trained =
        CommandLineRun.of("train", experiment, "--set", path, "--set", setting, "--run", run);
    assertThat(trained.code()).as(trained.err()).isZero();
    var models = folder.resolve("models");
    var exported = CommandLineRun.of("export", run, "--to", models);
    assertThat(exported.code()).as(exported.err()).isZero();
    return models.resolve("tiny-folder");
  }

  /** JPEG files of saturated colours, which a decoder's own grey shows differently. */
  private static void colourful(Path cells) throws IOException {
    var random = new Random(5);
    var colours = List.of(Color.MAGENTA, Color.RED, Color.BLUE);
    for (var c = 0; c < colours.size(); c++) {
      var of = Files.createDirectories(cells.resolve("class" + c));
      for (var i = 0; i < 20; i++) {
        var image = new BufferedImage(48, 48, BufferedImage.TYPE_INT_RGB);
        var canvas = image.createGraphics();
        canvas.setColor(colours.get(c));
        canvas.fillRect(0, 0, 48, 48);
        for (var spot = 0; spot < 10; spot++) {
          canvas.setColor(new Color(random.nextInt(1 << 24)));
          canvas.fillOval(random.nextInt(40), random.nextInt(40), 9, 9);
        }
        canvas.dispose();
        ImageIO.write(image, "jpg", of.resolve("%02d.jpg".formatted(i)).toFile());
      }
    }
  }

  /** A JPEG file whose Exif segment says how to turn it. */
  private static byte[] turned(int orientation) throws IOException {
    var image = ImageIO.read(new ByteArrayInputStream(DrawnImages.noise(24, "jpg", orientation)));
    var wide = image.getSubimage(0, 0, 24, 16);
    var out = new ByteArrayOutputStream();
    ImageIO.write(wide, "jpg", out);
    var jpeg = out.toByteArray();
    var exif =
        new byte[] {
          (byte) 0xff,
          (byte) 0xe1,
          0,
          34,
          'E',
          'x',
          'i',
          'f',
          0,
          0,
          'M',
          'M',
          0,
          42,
          0,
          0,
          0,
          8,
          0,
          1,
          1,
          0x12,
          0,
          3,
          0,
          0,
          0,
          1,
          0,
          (byte) orientation,
          0,
          0,
          0,
          0,
          0,
          0
        };
    var whole = Arrays.copyOf(jpeg, jpeg.length + exif.length);
    System.arraycopy(jpeg, 20, whole, 20 + exif.length, jpeg.length - 20);
    System.arraycopy(exif, 0, whole, 20, exif.length);
    return whole;
  }

  private static List<List<String>> rows(String csv) {
    return csv.lines().map(line -> List.of(line.split(",", -1))).toList();
  }
}
