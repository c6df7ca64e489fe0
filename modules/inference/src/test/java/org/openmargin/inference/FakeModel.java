package org.openmargin.inference;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.openmargin.serving.Classification;
import org.openmargin.serving.Reason;

/**
 * Answers with the first byte of each file as its unknown score; files that begin with 66 are
 * damaged, those with -1 too large, those with 78 no images, and those with -2 unusual.
 */
public final class FakeModel implements Function<List<byte[]>, List<Classification>> {
  public static final byte DAMAGED = 66;
  public static final byte TOO_LARGE = -1;
  public static final byte NO_IMAGE = 78;
  public static final byte UNUSUAL = -2;

  public final AtomicInteger calls = new AtomicInteger();

  @Override
  public List<Classification> apply(List<byte[]> files) {
    calls.incrementAndGet();
    return files.stream().map(FakeModel::answer).toList();
  }

  private static Classification answer(byte[] file) {
    var score = file[0];
    var reason =
        switch (score) {
          case DAMAGED -> Reason.TRUNCATED;
          case TOO_LARGE -> Reason.TOO_LARGE;
          case NO_IMAGE -> Reason.NOT_AN_IMAGE;
          case UNUSUAL -> Reason.UNUSUAL_INPUT;
          default -> Reason.OK;
        };
    var embedding = new float[] {score, file.length, Arrays.hashCode(file) % 100};
    var unknown = score > 50 || score == UNUSUAL;
    return new Classification(
        unknown ? "unknown" : "a",
        unknown,
        score,
        "a",
        new float[] {1},
        embedding,
        score == UNUSUAL,
        reason,
        reason.text());
  }
}
