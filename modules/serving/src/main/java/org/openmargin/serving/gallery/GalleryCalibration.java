package org.openmargin.serving.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openmargin.serving.ModelException;

/**
 * How the threshold of a gallery is found, again after every change: a threshold that fitted ten
 * identities accepts too many impostors among a thousand.
 */
public sealed interface GalleryCalibration {

  /** The threshold for some identities. */
  GalleryThreshold threshold(SimilarityRule rule, List<Identity> identities);

  /**
   * From images of nobody in the gallery. With N largest similarities and {@code k = floor(fpir
   * (N+1))}, only what is more similar than the k-th largest is accepted: one more image of nobody
   * in the gallery, exchangeable with these, is accepted with probability at most {@code k/(N+1) <=
   * fpir}.
   *
   * @param fpir target false positive identification rate, in (0, 1)
   * @param embeddings unit vectors
   */
  record Impostors(double fpir, List<float[]> embeddings) implements GalleryCalibration {
    /**
     * Scales the embeddings to length 1.
     *
     * @throws ModelException if they are too few for the rate: N must be at least 1/fpir - 1
     */
    public Impostors {
      requireRate("the false positive identification rate", fpir);
      embeddings = embeddings.stream().map(UnitVectors::of).toList();
      if (rank(fpir, embeddings.size()) < 1) {
        throw new ModelException(
            "a false positive identification rate of %s needs at least %d images of impostors; there are %d"
                .formatted(fpir, (long) Math.ceil(1 / fpir - 1 - 1e-9), embeddings.size()));
      }
    }

    @Override
    public GalleryThreshold threshold(SimilarityRule rule, List<Identity> identities) {
      var scores = new double[embeddings.size()];
      for (var i = 0; i < scores.length; i++) {
        scores[i] = (float) Identities.best(rule, identities, embeddings.get(i)).similarity();
      }
      Arrays.sort(scores);
      var k = rank(fpir, scores.length);
      var limit = GalleryThreshold.above(scores, scores[scores.length - k]);
      return new GalleryThreshold(
          limit, "impostors", scores.length, fpir, k / (scores.length + 1.0));
    }
  }

  /**
   * From the templates: each is compared with the other templates of its identity. With n
   * similarities and {@code k = max(1, floor(alpha (n+1)))}, whatever is at least as similar as the
   * k-th smallest is accepted. A new image of an identity is rejected with probability at most
   * {@code k/(n+1)}, as far as it is exchangeable with the templates. The templates are compared
   * with one template less than it will be, which errs on the side of accepting it. Of more than
   * 5,000 templates, 5,000 are taken at even distances.
   *
   * @param alpha target rejection rate of genuine images, in (0, 1)
   */
  record LeaveOneOut(double alpha) implements GalleryCalibration {
    private static final int MOST = 5_000;

    public LeaveOneOut {
      requireRate("the rejection rate of genuine images", alpha);
    }

    @Override
    public GalleryThreshold threshold(SimilarityRule rule, List<Identity> identities) {
      var scores = genuine(rule, identities);
      if (scores.length == 0) {
        throw new ModelException(
            "no identity has two images, so nothing says how similar images of one identity are: give more images, images of impostors, or a threshold");
      }
      Arrays.sort(scores);
      var k = Math.max(1, rank(alpha, scores.length));
      var limit = GalleryThreshold.below(scores, scores[k - 1]);
      return new GalleryThreshold(
          limit, "leave_one_out", scores.length, alpha, k / (scores.length + 1.0));
    }

    private static double[] genuine(SimilarityRule rule, List<Identity> identities) {
      var several = identities.stream().filter(i -> i.templates().size() > 1).toList();
      var count = several.stream().mapToLong(i -> i.templates().size()).sum();
      var step = Math.max(1, (count + MOST - 1) / MOST);
      var scores = new ArrayList<Double>();
      var seen = 0L;
      for (var identity : several) {
        for (var row = 0; row < identity.templates().size(); row++) {
          if (seen++ % step == 0) {
            scores.add((double) (float) rule.leavingOut(identity.templates(), row));
          }
        }
      }
      return scores.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  /** A threshold that somebody gave; nothing is promised. */
  record Fixed(double given) implements GalleryCalibration {
    public Fixed {
      if (!(given >= -1 && given <= 1)) {
        throw new ModelException(
            "a threshold of similarities must be between -1 and 1; got " + given);
      }
    }

    @Override
    public GalleryThreshold threshold(SimilarityRule rule, List<Identity> identities) {
      return new GalleryThreshold((float) given, "given", 0, 0, 1);
    }
  }

  private static void requireRate(String what, double rate) {
    if (!(rate > 0 && rate < 1)) {
      throw new ModelException(
          "%s must be between 0 and 1, exclusive; got %s".formatted(what, rate));
    }
  }

  /** floor(rate (n+1)); 0.05 times 100 must be 5. */
  private static int rank(double rate, int n) {
    return (int) Math.floor(rate * (n + 1.0) + 1e-9);
  }
}
