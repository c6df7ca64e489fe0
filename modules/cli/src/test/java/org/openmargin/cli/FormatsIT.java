package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.data.DataException;
import org.openmargin.data.Images;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.files.image.LevelRule;
import org.openmargin.serving.OpenSetClassifier;

/**
 * Files of every format: the exported model decides as the evaluation did; of damaged ones, model
 * and training use the same, with the same pixels, and never half an image.
 */
class FormatsIT {
  private static final List<FormatSamples.Kind> KINDS = FormatSamples.kinds();
  private static final int TRAINING = 12;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"3, 200", "1, 20"})
  void filesAreDecidedAsTheEvaluationDecides(int channels, int each) throws IOException {
    for (var c = 0; c < 2; c++) {
      images("train", c, TRAINING);
      images("val", c, TRAINING);
      for (var kind = 0; kind < KINDS.size(); kind++) {
        for (var i = c; i < each; i += 2) {
          var name = "test/class%d/%s-%03d".formatted(c, KINDS.get(kind).name(), i);
          write(name, KINDS.get(kind).file(1000L * (kind + 1) + i));
        }
      }
    }
    var model = trained(channels);
    var rows = Files.readString(folder.resolve("run/predictions.csv")).lines().toList();
    var column = List.of(rows.get(0).split(",", -1));
    var answered = rows.subList(1, rows.size()).stream().map(r -> r.split(",", -1)).toList();
    assertThat(answered).hasSize(KINDS.size() * each);
    try (var classifier = OpenSetClassifier.load(model)) {
      var files = answered.stream().map(row -> folder.resolve("images").resolve(row[0])).toList();
      var answers = classifier.classifyFiles(files);
      var softly = new SoftAssertions();
      for (var i = 0; i < answers.size(); i++) {
        var row = answered.get(i);
        var answer = answers.get(i);
        softly
            .assertThat(answer.unknownScore())
            .as(row[0])
            .isCloseTo(
                Double.parseDouble(row[column.indexOf("unknown_score")]), within(1e-5));
        softly
            .assertThat(answer.unknown())
            .as(row[0])
            .isEqualTo(Boolean.parseBoolean(row[column.indexOf("is_unknown")]));
        softly
            .assertThat(answer.bestKnownLabel())
            .as(row[0])
            .isEqualTo(row[column.indexOf("predicted_class")]);
      }
      softly.assertAll();
      assertThat(answers).extracting(a -> a.unknown()).contains(true, false);
      for (var kind : KINDS) {
        damaged(classifier, kind);
      }
    }
  }

  private void damaged(OpenSetClassifier classifier, FormatSamples.Kind kind) {
    var rule = classifier.selfDescription().levels();
    var whole = kind.file(7);
    var pixels = read(whole, classifier.channels(), rule).orElseThrow();
    var softly = new SoftAssertions();
    damages(kind, whole)
        .forEach(
            (damage, file) -> {
              var what = kind.name() + " " + damage;
              var trained = read(file, classifier.channels(), rule);
              var answer = classifier.classifyEncoded(List.of(file)).get(0);
              softly.assertThat(answer.inputOk()).as(what).isEqualTo(trained.isPresent());
              if (trained.isPresent() && answer.inputOk()) {
                var seen = trained.get();
                var again = classifier.classify(bytes(seen), seen.height(), seen.width());
                softly.assertThat(answer.embedding()).as(what).isEqualTo(again.embedding());
                if (!(kind.plain() && damage.contains("zeros"))) {
                  softly.assertThat(bytes(seen)).as(what).isEqualTo(bytes(pixels));
                }
              }
            });
    softly.assertAll();
  }

  /** Bytes that are missing or wrong; a file whose pixels are all there may still be used. */
  private static Map<String, byte[]> damages(FormatSamples.Kind kind, byte[] whole) {
    var damages = new LinkedHashMap<String, byte[]>();
    var length = whole.length;
    for (var percent : List.of(1, 10, 30, 50, 70, 90, 97, 99)) {
      var kept = Math.max(1, length * percent / 100);
      var cut = Arrays.copyOf(whole, kept);
      damages.put("cut at %d %%".formatted(percent), cut);
      damages.put("zeros from %d %%".formatted(percent), Arrays.copyOf(cut, length));
      var ended = Arrays.copyOf(cut, kept + 2);
      ended[kept] = (byte) 0xff;
      ended[kept + 1] = (byte) 0xd9;
      damages.put("ended at %d %%".formatted(percent), ended);
      var both = Arrays.copyOf(cut, length);
      both[length - 2] = (byte) 0xff;
      both[length - 1] = (byte) 0xd9;
      damages.put("zeros from %d %%, ended".formatted(percent), both);
    }
    for (var bytes : List.of(1, 2, 4, 8, 12)) {
      damages.put("without its last %d bytes".formatted(bytes), Arrays.copyOf(whole, length - bytes));
    }
    damages.put("twice", joined(whole, whole));
    damages.put("before another", joined(whole, kind.file(8)));
    damages.put("before zeros", Arrays.copyOf(whole, length + 500));
    return damages;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static Optional<Images> read(byte[] file, int channels, LevelRule rule) {
    try {
      return Optional.of(ImageFiles.read(file, channels, rule).pixels());
    } catch (DataException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(Images image) {
    var bytes = new byte[image.bytesPerImage()];
    image.copyTo(0, bytes, 0);
    return bytes;
  }

  private void images(String part, int label, int count) throws IOException {
    for (var i = 0; i < count; i++) {
      var seed = 100L * part.length() + 50 * label + i;
      write("%s/class%d/%d.png".formatted(part, label, i), KINDS.get(1).file(seed));
    }
  }

  private void write(String name, byte[] file) throws IOException {
    var path = folder.resolve("images").resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, file);
  }

  private Path trained(int channels) throws IOException {
    var experiment = folder.resolve("e.textproto");
    Files.writeString(
        experiment,
        """
        name: "formats"
        data {
          folder { path: "" channels: %d }
          image_size_px: 16
          levels { fixed { centre: 2000 width: 3900 } sixteen_bits { lowest: 300 highest: 60000 } }
        }
        model { resnet { variant: TINY } }
        loss { omcl {} }
        training { epochs: 1 batch_size: 8 adam {} constant {} }
        export { alpha: 0.2 }
        """
            .formatted(channels));
    var done = new ArrayList<CommandLineRun>();
    var images = "data.folder.path=" + folder.resolve("images");
    var run = folder.resolve("run");
    done.add(CommandLineRun.of("train", experiment, "--set", images, "--run", run));
    done.add(CommandLineRun.of("export", run, "--to", folder.resolve("models")));
    done.forEach(step -> assertThat(step.code()).as(step.err()).isZero());
    return folder.resolve("models/formats");
  }
}
