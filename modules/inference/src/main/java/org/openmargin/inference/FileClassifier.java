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
import java.util.function.Function;
import org.openmargin.files.FileErrors;
import org.openmargin.files.image.EncodedImage;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.files.image.NoImageException;
import org.openmargin.serving.Classification;
import org.openmargin.serving.OpenSetClassifier;
import org.openmargin.serving.Reason;

/**
 * Classifies files in batches, several batches at a time. A file that cannot be used never keeps
 * others from being answered.
 *
 * @param model from the contents of files to answers, in order; refuses all of them with an {@link
 *     IllegalArgumentException} if one is damaged, as {@link OpenSetClassifier#classifyEncoded}
 * @param threads batches at a time
 * @param batch files per call of the model
 */
public record FileClassifier(
    Function<List<byte[]>, List<Classification>> model, int threads, int batch) {
  /** Enough to keep the processor busy, few enough for photographs of any size. */
  private static final int USUAL_BATCH = 32;

  /** A batch per processor at a time. */
  public static FileClassifier of(OpenSetClassifier classifier) {
    var processors = Runtime.getRuntime().availableProcessors();
    return new FileClassifier(classifier::classifyEncoded, processors, USUAL_BATCH);
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

  @SuppressWarnings("ArrayRecordComponent") // never compared
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
        answers[i] = FileAnswer.unusable(file, FileAnswer.MISSING, "there is no such file");
      } catch (IOException e) {
        answers[i] =
            FileAnswer.unusable(
                file, FileAnswer.UNREADABLE, "cannot be read: " + FileErrors.reason(e));
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
      var rows = model.apply(contents.stream().map(Content::bytes).toList());
      return pairs(contents, rows);
    } catch (IllegalArgumentException e) {
      if (contents.size() == 1) {
        return List.of(unusable(contents.get(0)));
      }
      var answers = new ArrayList<FileAnswer>();
      var good = contents.stream().filter(content -> looksGood(content.bytes())).toList();
      var part = good.size() == contents.size() ? List.<FileAnswer>of() : classified(good);
      var next = 0;
      for (var content : contents) {
        var isGood = next < part.size() && part.get(next).file().equals(content.file());
        answers.add(isGood ? part.get(next++) : classified(List.of(content)).get(0));
      }
      return answers;
    }
  }

  private static boolean looksGood(byte[] file) {
    try {
      EncodedImage.of(file);
      return true;
    } catch (ImageFileException e) {
      return false;
    }
  }

  private static FileAnswer unusable(Content content) {
    try {
      EncodedImage.of(content.bytes());
      return FileAnswer.unusable(content.file(), Reason.TRUNCATED, "damaged: cannot be decoded");
    } catch (NoImageException e) {
      return FileAnswer.unusable(content.file(), Reason.NOT_AN_IMAGE, e.getMessage());
    } catch (ImageFileException e) {
      return FileAnswer.unusable(content.file(), Reason.TRUNCATED, e.getMessage());
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
