package org.openmargin.loss;

import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Cosine softmax (Wang, Xiang, Cheng, Yuille, "NormFace: L2 hypersphere embedding for face
 * verification", ACM Multimedia 2017). With {@code c_j} the cosine between an embedding and
 * prototype j, label y, fixed scale s:
 *
 * <pre>
 * logits   z_j = s c_j
 * loss     -mean log softmax(z)_y
 * </pre>
 *
 * @param classes C, number of known classes
 * @param scale s
 */
public record NormFace(int classes, double scale) implements CosineHead {

  public NormFace {
    CosineHead.requireValid(classes, scale);
  }

  @Override
  public boolean takesMixedLabels() {
    return true;
  }

  @Override
  public Operand<TFloat32> target(Net net, Operand<TFloat32> c) {
    return c;
  }
}
