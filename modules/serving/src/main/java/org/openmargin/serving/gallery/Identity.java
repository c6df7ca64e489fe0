package org.openmargin.serving.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;

/** A name with its templates: embeddings of its images, scaled to length 1. Immutable. */
public final class Identity {
  private static final int LONGEST = 200;

  private final String name;
  private final List<float[]> templates;
  private final float[] centroid;

  private Identity(String name, List<float[]> templates, float[] centroid) {
    requireName(name);
    this.name = name;
    this.templates = templates;
    this.centroid = centroid;
  }

  /**
   * @param embeddings of its images, at least one; copied
   * @throws ModelException if the name cannot be used, or there is no embedding
   * @throws IllegalArgumentException if embeddings differ in size or hold a number that is not
   *     finite
   */
  public static Identity of(String name, List<float[]> embeddings) {
    if (embeddings.isEmpty()) {
      throw new ModelException("identity '%s' has no image".formatted(name));
    }
    return ofUnits(name, embeddings.stream().map(UnitVectors::of).toList());
  }

  /**
   * @param units of length 1, not changed afterwards
   */
  static Identity ofUnits(String name, List<float[]> units) {
    var size = units.get(0).length;
    if (units.stream().anyMatch(unit -> unit.length != size)) {
      throw new IllegalArgumentException("the embeddings of '%s' differ in size".formatted(name));
    }
    return new Identity(name, units, UnitVectors.centroid(units));
  }

  private static void requireName(String name) {
    if (name.isBlank()
        || name.length() > LONGEST
        || !name.equals(name.strip())
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new ModelException(
          "'%s' is not a name of an identity: use at most %d characters, none of them a control character, and no blank at either end"
              .formatted(name, LONGEST));
    }
    if (name.equals(ModelContract.UNKNOWN)) {
      throw new ModelException(
          "an identity is called 'unknown', which is the answer for rejected images; rename it");
    }
  }

  public String name() {
    return name;
  }

  /** Unit vectors, in the order of enrolment; not to be changed. */
  public List<float[]> templates() {
    return templates;
  }

  /** {@code normalize(mean(templates))}; not to be changed. */
  public float[] centroid() {
    return centroid;
  }

  /** Numbers per template. */
  public int size() {
    return centroid.length;
  }

  Identity named(String other) {
    return new Identity(other, templates, centroid);
  }

  /** With more templates; they go to the end. */
  Identity with(Identity more) {
    if (more.size() != size()) {
      throw new IllegalArgumentException(
          "an embedding has %d numbers; those of '%s' have %d"
              .formatted(more.size(), name, size()));
    }
    var all = new ArrayList<>(templates);
    all.addAll(more.templates);
    return ofUnits(name, List.copyOf(all));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Identity that && name.equals(that.name) && same(that.templates);
  }

  private boolean same(List<float[]> others) {
    if (templates.size() != others.size()) {
      return false;
    }
    for (var i = 0; i < templates.size(); i++) {
      if (!Arrays.equals(templates.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, templates.size());
  }

  @Override
  public String toString() {
    return "%s (%d templates)".formatted(name, templates.size());
  }
}
