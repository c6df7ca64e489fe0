package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.data.DataException;
import org.openmargin.data.Images;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.files.image.LevelRule;
import org.openmargin.serving.Classification;
import org.openmargin.serving.OpenSetClassifier;

/**
 * Files of every format: the exported model decides as the evaluation did; of damaged ones, model
 * and training use the same, with the same pixels, and never half an image.
 */
class FormatsIT {
  private static final List<FormatSamples.Kind> KINDS = FormatSamples.kinds();
  private static final int TRAINING = 12;

  @TempDir private Path folder;

  /** Of each format, 200 files: all its kinds in turn. */
  @ParameterizedTest
  @CsvSource({"3, 200", "1, 40"})
  void filesAreDecidedAsTheEvaluationDecides(int channels, int each) throws IOException {
    for (var c = 0; c < 2; c++) {
      images("train", c);
      images("val", c);
    }
    var formats = KINDS.stream().collect(Collectors.groupingBy(FormatSamples.Kind::format));
    formats.forEach(
        (format, kinds) -> {
          for (var i = 0; i < each; i++) {
            var kind = kinds.get(i % kinds.size());
            var seed = 1000L * (KINDS.indexOf(kind) + 1) + i;
            write("test/class%d/%s-%03d".formatted(i % 2, kind.name(), i), kind.file(seed));
          }
        });
    var model = trained(channels);
    var rows = Files.readString(folder.resolve("run/predictions.csv")).lines().toList();
    var columns = List.of(rows.get(0).split(",", -1));
    var evaluated = rows.subList(1, rows.size()).stream().map(r -> r.split(",", -1)).toList();
    assertThat(evaluated).hasSize(formats.size() * each);
    try (var classifier = OpenSetClassifier.load(model)) {
      var files = evaluated.stream().map(row -> folder.resolve("images").resolve(row[0])).toList();
      var answers = classifier.classifyFiles(files);
      var different = new ArrayList<String>();
      for (var i = 0; i < answers.size(); i++) {
        var row = evaluated.get(i);
        var answer = answers.get(i);
        var score = Double.parseDouble(row[columns.indexOf("unknown_score")]);
        var unknown = Boolean.parseBoolean(row[columns.indexOf("is_unknown")]);
        if (Math.abs(answer.unknownScore() - score) > 1e-5
            || answer.unknown() != unknown
            || !answer.bestKnownLabel().equals(row[columns.indexOf("predicted_class")])) {
          different.add("%s: %s, not %s %s".formatted(row[0], answer, score, unknown));
        }
      }
      assertThat(different).isEmpty();
      assertThat(answers).extracting(Classification::unknown).contains(true, false);
      assertThat(KINDS.stream().flatMap(kind -> damaged(classifier, kind).stream())).isEmpty();
    }
  }

  /** Where model and training differ, or half an image is taken for one. */
  private static List<String> damaged(OpenSetClassifier classifier, FormatSamples.Kind kind) {
    var rule = classifier.selfDescription().levels();
    var whole = read(kind.file(7), classifier.channels(), rule).orElseThrow();
    var damages = damages(kind, kind.file(7));
    var names = List.copyOf(damages.keySet());
    var answers = classifier.classifyEncoded(List.copyOf(damages.values()));
    var wrong = new ArrayList<String>();
    for (var i = 0; i < names.size(); i++) {
      var damage = names.get(i);
      var seen = read(damages.get(damage), classifier.channels(), rule);
      if (seen.isPresent() != answers.get(i).inputOk()) {
        wrong.add("%s %s: %s in training, %s".formatted(kind.name(), damage, seen, answers.get(i)));
      }
      if (seen.isPresent() && !(damage.startsWith("zeros") && kind.mayEndInZeros(damage))) {
        if (!Arrays.equals(bytes(seen.get()), bytes(whole))) {
          wrong.add("%s %s: other pixels".formatted(kind.name(), damage));
        }
      }
      if (seen.isPresent() && answers.get(i).inputOk()) {
        var image = seen.get();
        var again = classifier.classify(bytes(image), image.height(), image.width());
        if (!answers.get(i).label().equals(again.label())
            || Math.abs(answers.get(i).unknownScore() - again.unknownScore()) > 1e-5) {
          wrong.add("%s %s: the model sees other pixels".formatted(kind.name(), damage));
        }
      }
    }
    return wrong;
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
      damages.put(
          "without its last %d bytes".formatted(bytes), Arrays.copyOf(whole, length - bytes));
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

  private void images(String part, int label) {
    for (var i = 0; i < TRAINING; i++) {
      var seed = 100L * part.length() + 50L * label + i;
      write("%s/class%d/%d.png".formatted(part, label, i), KINDS.get(1).file(seed));
    }
  }

  private void write(String name, byte[] file) {
    var path = folder.resolve("images").resolve(name);
    try {
      Files.createDirectories(path.getParent());
      Files.write(path, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
