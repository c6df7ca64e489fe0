package org.openmargin.inference.discovery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.openmargin.data.DataException;
import org.openmargin.data.WorkListener;
import org.openmargin.inference.FileClassifier;
import org.openmargin.scoring.clustering.ClusterMetric;
import org.openmargin.scoring.clustering.Clustering;
import org.openmargin.serving.Classification;

/**
 * New classes among the images that a model rejects.
 *
 * @param groups the largest first
 * @param single rejected images that are in no group
 * @param accepted number of images that are not rejected
 * @param unusable files that cannot be used, each with the reason
 * @param method how they were grouped
 */
public record Discovery(
    List<DiscoveredGroup> groups,
    List<Path> single,
    int accepted,
    List<String> unusable,
    Method method) {

  public Discovery {
    groups = List.copyOf(groups);
    single = List.copyOf(single);
    unusable = List.copyOf(unusable);
  }

  /**
   * @param rejected whether the image of an answer is to be grouped
   * @param work hears how many files are done
   * @throws DataException if no image is rejected
   */
  public static Discovery of(
      FileClassifier classifier,
      List<Path> files,
      Predicate<Classification> rejected,
      Method method,
      WorkListener work) {
    var unknown = new ArrayList<Path>();
    var embeddings = new ArrayList<float[]>();
    var unusable = new ArrayList<String>();
    classifier.classify(
        files,
        answers -> {
          for (var answer : answers) {
            var found = answer.classification();
            if (found.isEmpty()) {
              unusable.add(answer.file() + ": " + answer.detail());
            } else if (rejected.test(found.get())) {
              unknown.add(answer.file());
              embeddings.add(found.get().embedding());
            }
          }
          var last = answers.get(answers.size() - 1).file();
          work.at("embedding images", files.lastIndexOf(last) + 1L, files.size());
        });
    if (unknown.isEmpty()) {
      throw new DataException(
          "the model rejects none of the %d images, so there is nothing to group"
              .formatted(files.size() - unusable.size()));
    }
    work.begin("grouping images");
    var accepted = files.size() - unusable.size() - unknown.size();
    return grouped(unknown, embeddings.toArray(float[][]::new), method).with(accepted, unusable);
  }

  private Discovery with(int count, List<String> problems) {
    return new Discovery(groups, single, count, problems, method);
  }

  /** Groups images by their embeddings. */
  static Discovery grouped(List<Path> files, float[][] embeddings, Method method) {
    var clustering = method.cluster(embeddings);
    var groups = new ArrayList<DiscoveredGroup>();
    for (var rows : clustering.members()) {
      var name = "cluster-%02d".formatted(groups.size() + 1);
      groups.add(DiscoveredGroup.of(name, files, embeddings, rows));
    }
    var single = new ArrayList<Path>();
    for (var i = 0; i < files.size(); i++) {
      if (clustering.labels()[i] < 0) {
        single.add(files.get(i));
      }
    }
    return new Discovery(groups, single, 0, List.of(), method);
  }

  /**
   * How well the groups agree with true classes, by key of the measure; see {@link ClusterMetric}.
   *
   * @param trueClass of a file
   */
  public Map<String, Double> agreement(Function<Path, String> trueClass) {
    var names = new ArrayList<String>();
    var labels = new ArrayList<Integer>();
    for (var group = 0; group < groups.size(); group++) {
      for (var member : groups.get(group).members()) {
        names.add(trueClass.apply(member.file()));
        labels.add(group);
      }
    }
    for (var file : single) {
      names.add(trueClass.apply(file));
      labels.add(Clustering.NOISE);
    }
    var distinct = names.stream().distinct().toList();
    var classes = names.stream().mapToInt(distinct::indexOf).toArray();
    var clustering = new Clustering(labels.stream().mapToInt(Integer::intValue).toArray());
    var figures = new LinkedHashMap<String, Double>();
    for (var metric : ClusterMetric.values()) {
      figures.put(metric.key(), metric.of(classes, clustering));
    }
    return figures;
  }

  /** Number of rejected images. */
  public int rejected() {
    return single.size() + groups.stream().mapToInt(group -> group.members().size()).sum();
  }
}
