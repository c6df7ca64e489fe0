package org.openmargin.cli.predict;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.data.source.DecodedImage;
import org.openmargin.data.source.ImageNotices;
import org.openmargin.files.FileErrors;
import org.openmargin.files.PathHints;
import org.openmargin.files.WholeFile;
import org.openmargin.files.image.LevelRule;
import org.openmargin.serving.FileModel;

/**
 * Classifies image files with a SavedModel and prints the answers. A file that cannot be used gets
 * a line on standard error; all others are answered.
 *
 * @param threshold replaces the model's own
 */
public record Prediction(Console console, AnswerWriter writer, OptionalDouble threshold) {
  /** Enough to keep the processor busy, few enough for photographs of any size. */
  private static final int BATCH = 32;

  /**
   * @param model loads the model, which is closed here
   * @param arguments image files, and folders of them
   * @return the exit code
   */
  public int run(Supplier<? extends FileModel> model, List<Path> arguments) {
    var found = ImagePaths.of(arguments);
    found.skipped().forEach(console::remark);
    var files = found.files();
    try (var classifier = model.get()) {
      var limit = threshold.orElse(classifier.threshold());
      var notices = Noticed.of(classifier);
      writer.begin(new Answer.Model(classifier.classNames(), limit), files);
      var answered = 0;
      for (var from = 0; from < files.size(); from += BATCH) {
        var batch = files.subList(from, Math.min(from + BATCH, files.size()));
        answered += answer(classifier, batch, limit, notices);
      }
      notices.images().sentences().forEach(console::remark);
      TrainingSizes.of(classifier.description())
          .ifPresent(training -> notices.sizes().compare(training, console::remark));
      if (answered < files.size()) {
        console.error(
            "%d of %d images could not be used".formatted(files.size() - answered, files.size()));
      }
      return answered == files.size() ? ExitCodes.OK : ExitCodes.DATA;
    }
  }

  /** What is noticed about the files themselves. */
  private record Noticed(ImageNotices images, FolderSizes sizes, LevelRule levels) {
    static Noticed of(FileModel classifier) {
      var levels = classifier.selfDescription().levels();
      return new Noticed(
          new ImageNotices(classifier.channels(), levels), new FolderSizes(), levels);
    }

    void add(Path file, byte[] encoded) {
      images.add(DecodedImage.Traits.of(encoded, levels));
      sizes.add(file, encoded);
    }
  }

  private int answer(FileModel model, List<Path> batch, double limit, Noticed notices) {
    var there = new ArrayList<Path>();
    var contents = new ArrayList<byte[]>();
    for (var file : batch) {
      try {
        var content = WholeFile.read(file);
        writer.read(file, content);
        contents.add(content);
        there.add(file);
      } catch (NoSuchFileException e) {
        console.error(file + ": there is no such file" + PathHints.missing(file));
      } catch (IOException e) {
        console.error(file + ": cannot be read: " + FileErrors.reason(e));
      }
    }
    var answers = model.classifyEncoded(contents);
    var written = 0;
    for (var i = 0; i < answers.size(); i++) {
      var answer = threshold.isPresent() ? answers.get(i).at(limit) : answers.get(i);
      if (answer.inputOk()) {
        notices.add(there.get(i), contents.get(i));
      }
      if (answer.reason().scored()) {
        writer.write(Answer.of(there.get(i), answer, model.classNames()));
        written++;
      } else {
        console.error(there.get(i) + ": " + answer.detail());
      }
    }
    return written;
  }
}
