package org.openmargin.nn;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A head without weights: the embeddings are the logits, the loss is their sum. */
interface BareHead extends OpenSetLoss {

  @Override
  default Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    return net.tf().reduceSum(embeddings, net.tf().array(0, 1));
  }

  @Override
  default Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return embeddings;
  }

  @Override
  default boolean hasOpenClass() {
    return false;
  }
}
