package org.openmargin.nn;

/**
 * A backbone without variables that is costly to run: embeddings of training images are computed
 * once, and the head is trained on them. It gives the same embedding for the same image every time.
 */
public interface FrozenBackbone extends Backbone {

  /** SHA-256 of the weights and graph. */
  String sha256();

  /** Changes with everything that decides embeddings, besides the images. */
  String key();
}
