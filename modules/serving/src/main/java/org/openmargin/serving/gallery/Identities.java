package org.openmargin.serving.gallery;

import java.util.HashSet;
import java.util.List;
import org.openmargin.serving.ModelException;

/** The identities of a gallery. */
final class Identities {
  private static final int SHOWN = 20;

  private Identities() {}

  /**
   * @return a copy
   * @throws ModelException if there is none, two have one name, or sizes of embeddings differ
   */
  static List<Identity> require(List<Identity> identities) {
    if (identities.isEmpty()) {
      throw new ModelException("a gallery needs at least one identity");
    }
    var first = identities.get(0);
    var names = new HashSet<String>();
    for (var identity : identities) {
      if (!names.add(identity.name())) {
        throw new ModelException(
            "the gallery has two identities called '%s'".formatted(identity.name()));
      }
      if (identity.size() != first.size()) {
        throw new ModelException(
            "the embeddings of '%s' have %d numbers, those of '%s' have %d"
                .formatted(identity.name(), identity.size(), first.name(), first.size()));
      }
    }
    return List.copyOf(identities);
  }

  record Best(Identity identity, double similarity) {}

  /** The most similar identity, the first of several that are equally similar. */
  static Best best(SimilarityRule rule, List<Identity> identities, float[] unit) {
    var first = identities.get(0);
    var best = new Best(first, rule.similarity(unit, first));
    for (var identity : identities.subList(1, identities.size())) {
      var similarity = rule.similarity(unit, identity);
      if (similarity > best.similarity()) {
        best = new Best(identity, similarity);
      }
    }
    return best;
  }

  /**
   * @throws ModelException naming some that there are
   */
  static Identity find(List<Identity> identities, String name) {
    return identities.stream()
        .filter(identity -> identity.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    "the gallery has no identity '%s'; it has %s"
                        .formatted(name, shown(identities))));
  }

  private static String shown(List<Identity> identities) {
    var names = identities.stream().limit(SHOWN).map(Identity::name).toList();
    return String.join(", ", names) + (identities.size() > SHOWN ? ", ..." : "");
  }
}
