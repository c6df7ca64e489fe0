package org.openmargin.inference;

import java.io.IOException;
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
import org.openmargin.files.WholeFile;
import org.openmargin.serving.Classification;
import org.openmargin.serving.FileModel;
import org.openmargin.serving.archive.FixedBatches;

/**
 * Classifies files in batches, several batches at a time. A file that cannot be used never keeps
 * others from being answered.
 *
 * @param model from the contents of files to answers, in order, as {@link
 *     FileModel#classifyEncoded}
 * @param threads batches at a time
 * @param batch files per call of the model
 */
public record FileClassifier(
    Function<List<byte[]>, List<Classification>> model, int threads, int batch) {
  /**
   * A batch per processor at a time, each of one size, so that no answer depends on how many files
   * are asked about together.
   */
  public static FileClassifier inFixedBatches(FileModel classifier) {
    var batches = FixedBatches.of(classifier);
    var processors = Runtime.getRuntime().availableProcessors();
    return new FileClassifier(batches::classify, processors, batches.size());
  }

  /** A batch per processor at a time. */
  public static FileClassifier of(FileModel classifier) {
    var processors = Runtime.getRuntime().availableProcessors();
    return new FileClassifier(classifier::classifyEncoded, processors, FixedBatches.USUAL_SIZE);
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

  private List<FileAnswer> answers(List<Path> files) {
    var answers = new FileAnswer[files.size()];
    var rows = new ArrayList<Integer>();
    var contents = new ArrayList<byte[]>();
    for (var i = 0; i < answers.length; i++) {
      var file = files.get(i);
      try {
        contents.add(WholeFile.read(file));
        rows.add(i);
      } catch (NoSuchFileException e) {
        answers[i] = FileAnswer.unusable(file, FileAnswer.MISSING, "there is no such file");
      } catch (IOException e) {
        answers[i] =
            FileAnswer.unusable(
                file, FileAnswer.UNREADABLE, "cannot be read: " + FileErrors.reason(e));
      }
    }
    var classified = model.apply(contents);
    for (var i = 0; i < classified.size(); i++) {
      answers[rows.get(i)] = FileAnswer.of(files.get(rows.get(i)), classified.get(i));
    }
    return List.of(answers);
  }
}
