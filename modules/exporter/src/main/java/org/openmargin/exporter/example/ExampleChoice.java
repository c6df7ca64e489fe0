package org.openmargin.exporter.example;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.TensorProtos;

/**
 * Chooses example images by the model's own answers: for each class the one that it accepts most
 * readily, and the one that is most unknown. A class that no drawn image meets is looked for: an
 * image is changed at random, and what the model finds more like the class is kept.
 */
public record ExampleChoice(LoadedModel model, OpenSetNetwork network, int classes) {
  private static final int FEWEST = 8;
  private static final int MOST = 16;
  private static final int CANDIDATES = 96;
  private static final int BATCH = 16;

  /** Pixels that a network can answer about in a second or so. */
  private static final long PIXELS = 2048L * 28 * 28;

  /**
   * @param label index of the best known class
   * @param probabilities of the known classes
   */
  @SuppressWarnings("ArrayRecordComponent") // never changed, compared by identity
  private record Answered(
      byte[] image, int label, boolean unknown, float score, float[] probabilities) {

    /** Higher for an image that is more like a class. */
    static Comparator<Answered> likeness(int label) {
      return Comparator.<Answered, Boolean>comparing(answer -> answer.label == label)
          .thenComparing(answer -> answer.label == label && !answer.unknown)
          .thenComparingDouble(
              answer -> answer.label == label ? -answer.score : answer.probabilities[label]);
    }
  }

  /** Of drawn images. */
  public List<byte[]> drawn() {
    var drawings = new DrawnImages(network.input());
    var answers = answers(drawings.first(CANDIDATES));
    var found = new ArrayList<>(answers);
    for (var label = 0; label < Math.min(classes, MOST - 1); label++) {
      found.add(closest(label, answers, drawings));
    }
    return chosen(found);
  }

  /** Of images of several kinds; a sample at even distances is looked at. */
  public List<byte[]> of(List<byte[]> images) {
    var count = Math.min(CANDIDATES, images.size());
    return chosen(
        answers(
            IntStream.range(0, count)
                .mapToObj(i -> images.get((int) ((long) i * images.size() / count)))
                .toList()));
  }

  private static Answered best(int label, List<Answered> answers) {
    return answers.stream().max(Answered.likeness(label)).orElseThrow();
  }

  private Answered closest(int label, List<Answered> answers, DrawnImages drawings) {
    var random = new Random(label);
    var best = best(label, answers);
    for (var round = rounds(); round > 0 && (best.label != label || best.unknown); round--) {
      var from = best.image;
      var variants =
          IntStream.range(0, BATCH)
              .mapToObj(
                  i ->
                      i % 4 == 0
                          ? drawings.recoloured(from, random)
                          : drawings.withDisc(from, random))
              .toList();
      var tried = new ArrayList<>(List.of(best));
      tried.addAll(answers(variants));
      best = best(label, tried);
    }
    return best;
  }

  private int rounds() {
    var input = network.input();
    var pixels = (long) input.height() * input.width() * network.views().count();
    return (int) Math.max(2, Math.min(32, PIXELS / pixels / BATCH));
  }

  private List<byte[]> chosen(List<Answered> answers) {
    var chosen = new LinkedHashSet<Answered>();
    for (var label = 0; label < Math.min(classes, MOST - 1); label++) {
      var best = best(label, answers);
      if (best.label == label) {
        chosen.add(best);
      }
    }
    answers.stream()
        .max(
            Comparator.<Answered, Boolean>comparing(Answered::unknown)
                .thenComparingDouble(Answered::score))
        .ifPresent(chosen::add);
    var rest = answers.stream().filter(answer -> !chosen.contains(answer)).toList();
    rest.stream().limit(Math.max(0, FEWEST - chosen.size())).forEach(chosen::add);
    return chosen.stream().map(Answered::image).toList();
  }

  private List<Answered> answers(List<byte[]> images) {
    var answers = new ArrayList<Answered>();
    for (var from = 0; from < images.size(); from += BATCH) {
      answers.addAll(batch(images.subList(from, Math.min(images.size(), from + BATCH))));
    }
    return answers;
  }

  private List<Answered> batch(List<byte[]> images) {
    var input = network.input();
    try (var tensor = TensorProtos.images(images, input.height(), input.width(), input.channels());
        var answers =
            model.call(ModelContract.SERVING_DEFAULT, Map.of(ModelContract.IMAGES, tensor))) {
      var labels = answers.longs(ModelContract.BEST_KNOWN_INDEX);
      var unknown = answers.booleans(ModelContract.IS_UNKNOWN);
      var scores = answers.floats(ModelContract.UNKNOWN_SCORE);
      var probabilities = answers.rows(ModelContract.PROBABILITIES);
      return IntStream.range(0, images.size())
          .mapToObj(
              i ->
                  new Answered(
                      images.get(i),
                      Math.toIntExact(labels[i]),
                      unknown[i],
                      scores[i],
                      probabilities[i]))
          .toList();
    }
  }
}
