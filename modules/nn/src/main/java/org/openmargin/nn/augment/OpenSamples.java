package org.openmargin.nn.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Images of open space: made from the known images of a batch, added to it as images of the open
 * class, and seen by the backbone, so that it learns what the open class looks like. Like mixup as
 * a regulariser (Pinto et al., "RegMixup", NeurIPS 2022), but with a label of their own (as
 * manifold mixup in Zhou, Ye, Zhan, "Learning placeholders for open-set recognition", CVPR 2021).
 *
 * @param kinds what they are made by, each for an equal part of them; empty for none
 * @param share of the batch size that is added
 */
public record OpenSamples(List<Kind> kinds, double share) {
  public static final OpenSamples NONE = new OpenSamples(List.of(), 0);

  /** How a known image is changed until it belongs to no class. */
  public enum Kind {
    /** {@link Mixtures#cut}. */
    CUTMIX,
    /** {@link Mixtures#blended}. */
    MIXUP,
    /** {@link Distortions#shuffled}. */
    PATCH_SHUFFLE,
    /** {@link Distortions#blurred}. */
    BLUR,
    /** {@link Distortions#recoloured}. */
    HUE;

    private Operand<TFloat32> of(Net net, Batch batch, Batch own) {
      return switch (this) {
        case CUTMIX -> Mixtures.cut(net, own.pixels(), Mixtures.partners(net, batch, own));
        case MIXUP -> Mixtures.blended(net, own.pixels(), Mixtures.partners(net, batch, own));
        case PATCH_SHUFFLE -> Distortions.shuffled(net, own.pixels());
        case BLUR -> Distortions.blurred(net, own.pixels());
        case HUE -> Distortions.recoloured(net, own.pixels());
      };
    }
  }

  /**
   * @param pixels [n, height, width, channels], 0 to 255, all sizes known
   * @param labels [n]
   */
  public record Batch(Operand<TFloat32> pixels, Operand<TInt32> labels) {
    int size() {
      return (int) pixels.shape().get(0);
    }

    /** One after the other. */
    public static Batch concat(Net net, List<Batch> batches) {
      var tf = net.tf();
      // GPUs leave int32 to the host.
      var labels = batches.stream().map(b -> net.cast(b.labels(), TFloat32.class)).toList();
      return new Batch(
          tf.concat(batches.stream().map(Batch::pixels).toList(), tf.constant(0)),
          net.cast(tf.concat(labels, tf.constant(0)), TInt32.class));
    }

    /** The images from {@code first} (inclusive) to {@code end} (exclusive). */
    public Batch part(Net net, int first, int end) {
      var tf = net.tf();
      // GPUs leave int32 to the host.
      var floats = net.cast(labels, TFloat32.class);
      return new Batch(
          tf.slice(pixels, tf.array(first, 0, 0, 0), tf.array(end - first, -1, -1, -1)),
          net.cast(tf.slice(floats, tf.array(first), tf.array(end - first)), TInt32.class));
    }
  }

  public OpenSamples {
    kinds = List.copyOf(kinds);
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is from 0 to 1, not " + share);
    }
  }

  public boolean isNone() {
    return kinds.isEmpty();
  }

  /**
   * @throws IllegalArgumentException if there is less than one image for a kind, or if a hue of
   *     grey images is to change
   */
  public void requireFit(InputFormat images, int batchSize) {
    if (count(batchSize) < kinds.size()) {
      throw new IllegalArgumentException(
          "a share of %s of a batch of %d is %d images, fewer than the %d kinds: raise the share or training.batch_size"
              .formatted(share, batchSize, count(batchSize), kinds.size()));
    }
    if (kinds.contains(Kind.HUE) && images.channels() != 3) {
      throw new IllegalArgumentException(
          "HUE needs images with 3 channels, these have " + images.channels());
    }
  }

  /**
   * The batch, and after it the open images.
   *
   * @param openClass their label
   */
  public Batch addedTo(Net net, Batch batch, int openClass) {
    if (isNone()) {
      return batch;
    }
    var here = net.in("open_samples");
    var count = count(batch.size());
    var all = new ArrayList<Operand<TFloat32>>(List.of(batch.pixels()));
    for (var k = 0; k < kinds.size(); k++) {
      var own = batch.part(here, count * k / kinds.size(), count * (k + 1) / kinds.size());
      var place = here.in(k + "_" + kinds.get(k).name().toLowerCase(Locale.ROOT));
      all.add(kinds.get(k).of(place, batch, own));
    }
    var tf = here.tf();
    // As floats: GPUs leave int32 to the host.
    var labels = here.cast(batch.labels(), TFloat32.class);
    var open = tf.fill(tf.array(count), tf.constant((float) openClass));
    var both = tf.concat(List.of(labels, open), tf.constant(0));
    return new Batch(tf.concat(all, tf.constant(0)), here.cast(both, TInt32.class));
  }

  /** How many images are added to a batch. */
  public int count(int batchSize) {
    return (int) Math.round(share * batchSize);
  }
}
