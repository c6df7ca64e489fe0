package org.openmargin.loss;

import java.util.Optional;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetLoss;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Negative margin cosine loss (Liu et al., "Negative margin matters: understanding margin in
 * few-shot classification", ECCV 2020): classes seen in training are pressed together less, which
 * leaves room for others. With {@code c_j} the cosine between an embedding and prototype j, label
 * y, fixed scale s:
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
public record Nmcl(int classes, double margin, double scale) implements OpenSetLoss {

  public Nmcl {
    CosineHead.requireValid(classes, scale);
    if (!(margin <= 0)) {
      throw new IllegalArgumentException("NMCL needs a margin of at most 0, not " + margin);
    }
  }

  @Override
  public Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    var m = net.tf().constant((float) margin);
    return head().loss(net, embeddings, labels, c -> net.tf().math.sub(c, m));
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
