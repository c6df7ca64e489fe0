package org.openmargin.inference.gallery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.openmargin.data.DataException;
import org.openmargin.scoring.identification.IdentificationMetric;
import org.openmargin.scoring.identification.Identifications;
import org.openmargin.scoring.identification.Retrieval;
import org.openmargin.serving.gallery.Gallery;
import org.openmargin.serving.gallery.Identification;

/**
 * How well a gallery identifies probes: images of enrolled identities, and of others (impostors).
 *
 * @param answers to the probes, before the threshold
 * @param identified share of the genuine probes that are accepted as their identity
 * @param falselyAccepted share of the impostors that are accepted; empty without impostors
 * @param retrieval among the probes, whatever is enrolled
 */
public record GalleryEvaluation(
    Identifications answers,
    double identified,
    OptionalDouble falselyAccepted,
    Retrieval retrieval) {

  /**
   * @param probes embeddings by true name; a name that is not enrolled is an impostor
   * @throws DataException if no probe is of an enrolled identity, or none has two images
   */
  public static GalleryEvaluation of(Gallery gallery, Map<String, List<float[]>> probes) {
    var genuine = new ArrayList<Identification>();
    var right = new ArrayList<Boolean>();
    var impostors = new ArrayList<Identification>();
    for (var probe : probes.entrySet()) {
      var enrolled = gallery.identity(probe.getKey()).isPresent();
      for (var embedding : probe.getValue()) {
        var answer = gallery.identify(embedding);
        if (enrolled) {
          genuine.add(answer);
          right.add(answer.bestIdentity().equals(probe.getKey()));
        } else {
          impostors.add(answer);
        }
      }
    }
    try {
      return new GalleryEvaluation(
          new Identifications(similarities(genuine), booleans(right), similarities(impostors)),
          identified(genuine, right),
          impostors.stream().mapToDouble(answer -> answer.unknown() ? 0 : 1).average(),
          retrieval(probes));
    } catch (IllegalArgumentException e) {
      throw new DataException("the gallery cannot be evaluated: " + e.getMessage(), e);
    }
  }

  private static double[] similarities(List<Identification> answers) {
    return answers.stream().mapToDouble(Identification::similarity).toArray();
  }

  private static boolean[] booleans(List<Boolean> values) {
    var array = new boolean[values.size()];
    for (var i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  private static double identified(List<Identification> genuine, List<Boolean> right) {
    var count = 0.0;
    for (var i = 0; i < genuine.size(); i++) {
      count += right.get(i) && !genuine.get(i).unknown() ? 1 : 0;
    }
    return genuine.isEmpty() ? 0 : count / genuine.size();
  }

  private static Retrieval retrieval(Map<String, List<float[]>> probes) {
    var rows = new ArrayList<float[]>();
    var labels = new ArrayList<Integer>();
    var names = List.copyOf(probes.keySet());
    for (var label = 0; label < names.size(); label++) {
      for (var row : probes.get(names.get(label))) {
        rows.add(row);
        labels.add(label);
      }
    }
    return Retrieval.of(
        rows.toArray(float[][]::new), labels.stream().mapToInt(Integer::intValue).toArray());
  }

  /** By key, in the order of tables; those that cannot be measured are left out. */
  public Map<String, Double> figures() {
    var figures = new LinkedHashMap<String, Double>();
    for (var metric : IdentificationMetric.values()) {
      metric.of(answers).ifPresent(value -> figures.put(metric.key(), value));
    }
    figures.put("identified_at_threshold", identified);
    falselyAccepted.ifPresent(value -> figures.put("impostors_accepted_at_threshold", value));
    figures.put("recall_at_1", retrieval.recallAt1());
    figures.put("r_precision", retrieval.rPrecision());
    figures.put("map_at_r", retrieval.mapAtR());
    return figures;
  }
}
