package org.openmargin.serving.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.openmargin.serving.Classification;
import org.openmargin.serving.FileModel;

/**
 * Classifies files in calls of one size; the last is filled up with a file that is no image. A
 * matrix product of another size may add in another order, so that the last bits of an answer would
 * depend on how many files were asked about together. Thus an archive has the same answers bit by
 * bit however it is cut, on machines with the same processor and the same number of threads within
 * an operation.
 *
 * @param model from the contents of files to answers, in order
 * @param size files per call
 */
public record FixedBatches(Function<List<byte[]>, List<Classification>> model, int size) {
  /** Enough to keep a processor busy, few enough for photographs of any size. */
  public static final int USUAL_SIZE = 32;

  public FixedBatches {
    if (size < 1) {
      throw new IllegalArgumentException("a batch of " + size + " files");
    }
  }

  public static FixedBatches of(FileModel model) {
    return new FixedBatches(model::classifyEncoded, USUAL_SIZE);
  }

  /**
   * @return one answer per file, in order
   */
  public List<Classification> classify(List<byte[]> files) {
    var answers = new ArrayList<Classification>(files.size());
    for (var from = 0; from < files.size(); from += size) {
      var some = files.subList(from, Math.min(from + size, files.size()));
      answers.addAll(model.apply(filled(some)).subList(0, some.size()));
    }
    return List.copyOf(answers);
  }

  private List<byte[]> filled(List<byte[]> files) {
    var full = new ArrayList<>(files);
    while (full.size() < size) {
      full.add(new byte[1]);
    }
    return full;
  }
}
