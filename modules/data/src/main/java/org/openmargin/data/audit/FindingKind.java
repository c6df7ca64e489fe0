package org.openmargin.data.audit;

/** What can be wrong with a data set. */
public enum FindingKind {
  /** Images of equal pixels in two splits. */
  EQUAL_IMAGES("equal-images", "equal images are in both"),
  /** Images that show the same in two splits. */
  NEAR_IMAGES("near-images", "nearly equal images are in both"),
  /** Images of one patient, slide or site in two splits. */
  SHARED_GROUPS("shared-groups", "groups are in both"),
  /** Images of equal pixels under two labels. */
  EQUAL_LABELS("two-labels", "equal images have different labels, so some are wrong"),
  /** Images that show the same under two labels. */
  NEAR_LABELS("near-two-labels", "nearly equal images have different labels"),
  /** Images whose embeddings are nearly equal, in two splits. */
  ALIKE_IMAGES("alike-images", "images that a model can hardly tell apart are in both"),
  /** Images whose embeddings are nearly equal, under two labels. */
  ALIKE_LABELS(
      "alike-two-labels", "images that a model can hardly tell apart have different labels"),
  /** Images of equal pixels in one class and split. */
  REPEATED("repeated", "equal images are in one class and split"),
  /** Images that show the same, in one class and split. */
  NEAR_REPEATED("near-repeated", "nearly equal images are in one class and split"),
  /** Images whose pixels all have one colour. */
  CONSTANT("constant", "images of one colour only"),
  /** A split uses a small part of the values 0 to 255, or another one than training. */
  VALUE_RANGE("value-range", "values use little of the range 0 to 255"),
  /** The class can be told from facts that should not tell it. */
  CONFOUNDED("confounded", "classes can be told without looking at what is shown"),
  /** Too few images for what is wanted. */
  TOO_FEW("too-few", "too few images");

  private final String word;
  private final String sentence;

  FindingKind(String word, String sentence) {
    this.word = word;
    this.sentence = sentence;
  }

  /** The name in files and experiments. */
  public String word() {
    return word;
  }

  /** What it means. */
  public String sentence() {
    return sentence;
  }

  /** Whether it is about two splits, so that figures on one of them may be too good. */
  public boolean betweenSplits() {
    return this == EQUAL_IMAGES || this == NEAR_IMAGES || this == SHARED_GROUPS;
  }
}
