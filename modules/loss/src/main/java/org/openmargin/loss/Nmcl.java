package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Negative margin cosine loss (Liu et al., "Negative margin matters: understanding margin in
 * few-shot classification", ECCV 2020): the known classes are compacted less, which leaves room for
 * unknown ones. With {@code c_j} the cosine between an embedding and prototype j, label y, fixed
 * scale s:
 *
 * <pre>
 * logits   z_j = s c_j
 * loss     -mean log softmax(a)_y,  a_y = s (c_y - m),  a_j = z_j for j != y
 * </pre>
 *
 * @param classes C, number of known classes
 * @param margin m, at most 0
 * @param scale s
 */
public record Nmcl(int classes, double margin, double scale) implements CosineHead {

  public Nmcl {
    CosineHead.requireValid(classes, scale);
    if (!(margin <= 0)) {
      throw new IllegalArgumentException("NMCL needs a margin of at most 0, not " + margin);
    }
  }

  @Override
  public boolean takesMixedLabels() {
    return margin == 0;
  }

  @Override
  public Operand<TFloat32> target(Net net, Operand<TFloat32> c) {
    return net.tf().math.sub(c, net.tf().constant((float) margin));
  }
}
