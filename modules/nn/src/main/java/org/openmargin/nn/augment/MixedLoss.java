package org.openmargin.nn.augment;

import java.util.List;
import java.util.Optional;
import org.openmargin.nn.Net;
import org.openmargin.nn.Objective;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Replica;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A head on mixed images: {@code l L(x, y) + (1 - l) L(x, labels of the partners)}. */
record MixedLoss(OpenSetLoss head, Mixup mixup) implements OpenSetLoss {

  @Override
  public Operand<TFloat32> loss(Net net, Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    var tf = net.tf();
    var own = head.loss(net, embeddings, labels);
    // As floats: GPUs leave int32 to the host.
    var floats = partners(net, labels);
    var other = head.loss(net, embeddings, net.cast(floats, TInt32.class));
    return tf.math.add(other, tf.math.mul(mixup.share(net), tf.math.sub(own, other)));
  }

  /** Of the whole batch, of which a device may have a part. */
  private static Operand<TFloat32> partners(Net net, Operand<TInt32> labels) {
    var tf = net.tf();
    var whole = net.replica().map(Replica::labels).orElse(labels);
    var partners = Mixup.partners(tf, net.cast(whole, TFloat32.class));
    return net.replica().map(r -> r.own(tf, partners, labels.shape())).orElse(partners);
  }

  @Override
  public Optional<String> whyIndivisible(int batchSize, int parts) {
    return head.whyIndivisible(batchSize, parts);
  }

  @Override
  public Operand<TFloat32> logits(Net net, Operand<TFloat32> embeddings) {
    return head.logits(net, embeddings);
  }

  @Override
  public List<Objective> objectives(OpenSetNetwork network) {
    return head.objectives(network);
  }

  @Override
  public int passesPerEpoch() {
    return head.passesPerEpoch();
  }

  @Override
  public boolean hasOpenClass() {
    return head.hasOpenClass();
  }

  @Override
  public boolean isCosine() {
    return head.isCosine();
  }

  @Override
  public Operand<TFloat32> scale(Net net) {
    return head.scale(net);
  }

  @Override
  public Optional<Operand<TFloat32>> prototypes(Net net, Operand<TFloat32> embeddings) {
    return head.prototypes(net, embeddings);
  }
}
