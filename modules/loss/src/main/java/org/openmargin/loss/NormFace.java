package org.openmargin.loss;

import java.util.Optional;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetLoss;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

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
public record NormFace(int classes, double scale) implements OpenSetLoss {

  public NormFace {
    CosineHead.requireValid(classes, scale);
  }

  @Override
  public Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    return CrossEntropy.mean(net, logits(net, embeddings), labels);
  }

  @Override
  public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return head().logits(net, embeddings);
  }

  @Override
  public boolean hasOpenClass() {
    return false;
  }

  @Override
  public boolean isCosine() {
    return true;
  }

  @Override
  public Optional<Operand<TFloat32>> prototypes(Net net, Operand<TFloat32> embeddings) {
    return Optional.of(head().prototypes(net, embeddings));
  }

  @Override
  public Operand<TFloat32> scale(Net net) {
    return head().scale(net);
  }

  private CosineHead head() {
    return new CosineHead(classes, scale);
  }
}
