package org.openmargin.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.openmargin.serving.OpenSetClassifier;
import org.openmargin.speed.files.HostileFiles;

/**
 * An archive of files of which one in a hundred is broken, for {@code openmargin score}: makes it,
 * answers it in a loop of one thread, and checks a file of answers. Files of one content have one
 * answer, up to the rounding of batches of other sizes, so an answer at the wrong row shows.
 */
final class ImageArchive {
  private static final ServedNetwork NETWORK = ServedNetwork.POOLED_28;
  private static final int PER_FOLDER = 1000;
  private static final int BROKEN_EVERY = 100;
  private static final double TOLERANCE = 1e-4;

  private final List<byte[]> images;
  private final List<byte[]> broken;

  private ImageArchive() throws IOException {
    this.images = Request.of(NETWORK, Request.Input.FILES, Request.MOST).contents();
    this.broken = HostileFiles.from(images.get(0), images.get(1));
  }

  /**
   * Arguments: {@code make FOLDER COUNT}, which also exports a model; {@code loop FOLDER COUNT};
   * {@code check ANSWERS.csv COUNT}.
   */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    var archive = new ImageArchive();
    var path = Path.of(args[1]);
    var count = Integer.parseInt(args[2]);
    switch (args[0]) {
      case "make" -> archive.make(path, count);
      case "loop" -> loop(path, count);
      case "check" -> archive.check(path, count);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static boolean isBroken(int index) {
    return index % BROKEN_EVERY == BROKEN_EVERY / 2;
  }

  private byte[] content(int index) {
    return isBroken(index)
        ? broken.get(index / BROKEN_EVERY % broken.size())
        : images.get(index % images.size());
  }

  private static Path file(Path folder, int index) {
    return folder.resolve("images/%03d/%06d.jpg".formatted(index / PER_FOLDER, index));
  }

  private void make(Path folder, int count) throws IOException {
    new FreshModel(NETWORK, folder.resolve("models")).export();
    for (var i = 0; i < count; i++) {
      var file = file(folder, i);
      if (i % PER_FOLDER == 0) {
        Files.createDirectories(file.getParent());
      }
      Files.write(file, content(i));
    }
  }

  private static void loop(Path folder, int count) throws IOException {
    var model = new FreshModel(NETWORK, folder.resolve("models"));
    try (var classifier = OpenSetClassifier.load(model.directory())) {
      var began = System.nanoTime();
      var usable = 0;
      for (var i = 0; i < count; i++) {
        var bytes = Files.readAllBytes(file(folder, i));
        if (classifier.classifyEncoded(List.of(bytes)).get(0).reason().scored()) {
          usable++;
        }
      }
      var seconds = (System.nanoTime() - began) * 1e-9;
      System.out.printf(
          "loop of one thread, one file per call: %d files, %d usable, %.1f s, %.0f files/s%n",
          count, usable, seconds, count / seconds);
    }
  }

  private void check(Path answers, int count) throws IOException {
    Set<String> seen = new HashSet<>();
    Map<Integer, Double> scores = new HashMap<>();
    var unusable = 0;
    var lines = Files.readAllLines(answers);
    var columns = List.of(lines.get(0).split(",", -1));
    for (var line : lines.subList(1, lines.size())) {
      var fields = line.split(",", -1);
      var file = fields[columns.indexOf("file")];
      require(seen.add(file), "twice: " + file);
      var index = Integer.parseInt(file.replaceAll(".*/|\\.jpg", ""));
      var usable = !fields[columns.indexOf("unknown_score")].isEmpty();
      require(usable != isBroken(index), line);
      unusable += usable ? 0 : 1;
      if (usable) {
        var score = Double.parseDouble(fields[columns.indexOf("unknown_score")]);
        var before = scores.putIfAbsent(index % images.size(), score);
        var same = before == null || Math.abs(before - score) <= TOLERANCE;
        require(same, "another answer than %s before: %s".formatted(before, line));
      }
    }
    require(seen.size() == count, "%d rows, not %d".formatted(seen.size(), count));
    System.out.printf(
        "%d rows, each file once; %d with a reason in place of a score; one score for each of %d contents%n",
        count, unusable, scores.size());
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException("the answers are wrong: " + otherwise);
    }
  }
}
