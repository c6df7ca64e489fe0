package org.openmargin.inference;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.openmargin.serving.Classification;
import org.openmargin.serving.Reason;

/**
 * Answers with the first byte of each file as its unknown score; refuses batches with a file that
 * begins with 66, and takes files that begin with 78 for no image.
 */
public final class FakeModel implements Function<List<byte[]>, List<Classification>> {
  public static final byte DAMAGED = 66;
  public static final byte NO_IMAGE = 78;

  public final AtomicInteger calls = new AtomicInteger();

  @Override
  public List<Classification> apply(List<byte[]> files) {
    calls.incrementAndGet();
    if (files.stream().anyMatch(file -> file[0] == DAMAGED)) {
      throw new IllegalArgumentException("one is damaged");
    }
    return files.stream().map(FakeModel::answer).toList();
  }

  private static Classification answer(byte[] file) {
    var score = file[0];
    var embedding = new float[] {score, file.length, Arrays.hashCode(file) % 100};
    return new Classification(
        score > 50 ? "unknown" : "a",
        score > 50,
        score,
        "a",
        new float[] {1},
        embedding,
        false,
        score == NO_IMAGE ? Reason.NOT_AN_IMAGE : Reason.OK);
  }
}
