package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Large margin cosine loss, LMCL (Wang et al., "CosFace: large margin cosine loss for deep face
 * recognition", CVPR 2018). With {@code c_j} the cosine between an embedding and prototype j, label
 * y, fixed scale s:
 *
 * <pre>
 * logits   z_j = s c_j
 * loss     -mean log softmax(a)_y,  a_y = s (c_y - m),  a_j = z_j for j != y
 * </pre>
 *
 * @param classes C, number of known classes
 * @param margin m, at least 0
 * @param scale s
 */
public record CosFace(int classes, double margin, double scale) implements CosineHead {

  public CosFace {
    CosineHead.requireValid(classes, scale);
    if (!(margin >= 0)) {
      throw new IllegalArgumentException("CosFace needs a margin of at least 0, not " + margin);
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
