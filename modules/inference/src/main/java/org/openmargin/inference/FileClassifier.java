package org.openmargin.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.openmargin.files.FileErrors;
import org.openmargin.files.image.EncodedImage;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.serving.Classification;
import org.openmargin.serving.OpenSetClassifier;

/**
 * Classifies files in batches, several batches at a time. A file that cannot be used never keeps
 * others from being answered.
 *
 * @param threads batches at a time
 * @param batch files per call of the model
 */
public record FileClassifier(OpenSetClassifier classifier, int threads, int batch) {
  /** Enough to keep the processor busy, few enough for photographs of any size. */
  private static final int USUAL_BATCH = 32;

  /** With a batch per processor. */
  public static FileClassifier of(OpenSetClassifier classifier) {
    return new FileClassifier(
        classifier, Runtime.getRuntime().availableProcessors(), USUAL_BATCH);
  }

  /**
   * @param answered receives the answers, a batch at a time, in the order of the files, in the
   *     caller's thread
   */
  public void classify(List<Path> files, Consumer<List<FileAnswer>> answered) {
    var pool =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              var thread = new Thread(work, "openmargin-inference");
              thread.setDaemon(true);
              return thread;
            });
    try {
      var running = new ArrayDeque<Future<List<FileAnswer>>>();
      for (var from = 0; from < files.size(); from += batch) {
        var some = files.subList(from, Math.min(from + batch, files.size()));
        Callable<List<FileAnswer>> work = () -> answers(some);
        running.add(pool.submit(work));
        if (running.size() > 2 * threads) {
          answered.accept(result(running.remove()));
        }
      }
      while (!running.isEmpty()) {
        answered.accept(result(running.remove()));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<FileAnswer> result(Future<List<FileAnswer>> running) {
    try {
      return running.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while classifying files", e);
    }
  }

  private record Content(Path file, byte[] bytes) {}

  private List<FileAnswer> answers(List<Path> files) {
    var answers = new FileAnswer[files.size()];
    var rows = new ArrayList<Integer>();
    var contents = new ArrayList<Content>();
    for (var i = 0; i < answers.length; i++) {
      var file = files.get(i);
      try {
        contents.add(new Content(file, Files.readAllBytes(file)));
        rows.add(i);
      } catch (NoSuchFileException e) {
        answers[i] = FileAnswer.unusable(file, "there is no such file");
      } catch (IOException e) {
        answers[i] = FileAnswer.unusable(file, "cannot be read: " + FileErrors.reason(e));
      }
    }
    var classified = classified(contents);
    for (var i = 0; i < classified.size(); i++) {
      answers[rows.get(i)] = classified.get(i);
    }
    return List.of(answers);
  }

  /** One damaged file fails the whole call; the good ones are then classified without it. */
  private List<FileAnswer> classified(List<Content> contents) {
    try {
      var rows = classifier.classifyEncoded(contents.stream().map(Content::bytes).toList());
      return pairs(contents, rows);
    } catch (IllegalArgumentException e) {
      if (contents.size() == 1) {
        var file = contents.get(0);
        return List.of(FileAnswer.unusable(file.file(), problem(file.bytes())));
      }
      var answers = new ArrayList<FileAnswer>();
      var good = contents.stream().filter(content -> problem(content.bytes()).equals(DAMAGED)).toList();
      var part = good.size() == contents.size() ? List.<FileAnswer>of() : classified(good);
      var next = 0;
      for (var content : contents) {
        var isGood = next < part.size() && part.get(next).file().equals(content.file());
        answers.add(isGood ? part.get(next++) : classified(List.of(content)).get(0));
      }
      return answers;
    }
  }

  private static final String DAMAGED = "damaged: cannot be decoded";

  /** Why the file cannot be used, if that is seen without decoding it. */
  private static String problem(byte[] file) {
    try {
      EncodedImage.of(file);
      return DAMAGED;
    } catch (ImageFileException e) {
      return e.getMessage();
    }
  }

  private static List<FileAnswer> pairs(List<Content> contents, List<Classification> rows) {
    var answers = new ArrayList<FileAnswer>();
    for (var i = 0; i < rows.size(); i++) {
      answers.add(FileAnswer.of(contents.get(i).file(), rows.get(i)));
    }
    return answers;
  }
}
