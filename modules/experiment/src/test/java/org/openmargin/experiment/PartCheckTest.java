package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openmargin.experiment.check.PartCheck;
import org.openmargin.loss.CosFace;
import org.openmargin.loss.SoftmaxCrossEntropy;
import org.openmargin.model.ResNet;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.Initializer;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.layers.Layers;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The check passes the parts of OpenMargin, and names what is wrong with others. */
class PartCheckTest {
  private static final InputFormat INPUT = InputFormat.of(12, 12, 3);
  private static final Backbone TINY = ResNet.tiny(ResNet.Stem.SMALL_3X3, ResNet.NORM);
  private static final OpenSetLoss SOFTMAX =
      new SoftmaxCrossEntropy(3, 0, SoftmaxCrossEntropy.Smoothing.ALL_CLASSES);

  private static String problems(Backbone backbone, OpenSetLoss loss) {
    var network = new OpenSetNetwork(INPUT, backbone, loss);
    return String.join("\n", new PartCheck(network, 3).problems());
  }

  @Test
  void partsThatKeepTheirContractsPass() {
    assertThat(problems(TINY, SOFTMAX)).isEmpty();
    assertThat(problems(TINY, new CosFace(3, 0.2, 16))).isEmpty();
  }

  /** A loss made of another one, with something wrong. */
  private abstract static class Wrong implements OpenSetLoss {
    @Override
    public Operand<TFloat32> loss(Net net, Operand<TFloat32> x, Operand<TInt32> labels) {
      return SOFTMAX.loss(net, x, labels);
    }

    @Override
    public Operand<TFloat32> logits(Net net, Operand<TFloat32> x) {
      return SOFTMAX.logits(net, x);
    }
  }

  @Test
  void aGradientThatIsNotTheSlopeIsNamed() {
    var stopped =
        new Wrong() {
          @Override
          public Operand<TFloat32> loss(Net net, Operand<TFloat32> x, Operand<TInt32> labels) {
            var loss = super.loss(net, x, labels);
            return net.tf().math.mul(loss, net.tf().stopGradient(loss));
          }
        };
    assertThat(problems(TINY, stopped)).contains("the gradient of", "is wrong");
  }

  @Test
  void anOperationWithoutAGradientIsAnError() {
    var rounded =
        new Wrong() {
          @Override
          public Operand<TFloat32> loss(Net net, Operand<TFloat32> x, Operand<TInt32> labels) {
            return net.tf().math.digamma(super.loss(net, x, labels));
          }
        };
    assertThat(problems(TINY, rounded)).contains("Digamma");
  }

  @Test
  void aLossPerImageIsRefused() {
    var rows =
        new Wrong() {
          @Override
          public Operand<TFloat32> loss(Net net, Operand<TFloat32> x, Operand<TInt32> labels) {
            return net.tf().math.mean(logits(net, x), net.tf().array(1));
          }
        };
    assertThat(problems(TINY, rows)).contains("the loss must be one number");
  }

  @Test
  void logitsThatDependOnTheBatchOrOnTrainingAreNamed() {
    var batch =
        new Wrong() {
          @Override
          public Operand<TFloat32> logits(Net net, Operand<TFloat32> x) {
            return net.tf().math.sub(x, net.tf().math.mean(x, net.tf().array(0)));
          }
        };
    assertThat(problems(TINY, batch)).contains("depend on the rest of its batch", "32 columns");
    var training =
        new Wrong() {
          @Override
          public Operand<TFloat32> logits(Net net, Operand<TFloat32> x) {
            var logits = SOFTMAX.logits(net, x);
            return net.mode() instanceof Mode.Inference ? net.scaled(2, logits) : logits;
          }
        };
    assertThat(problems(TINY, training)).contains("gives other logits than inference");
  }

  @Test
  void aBackboneThatIsNotAsLargeAsItSaysIsNamed() {
    Backbone small =
        new Backbone() {
          @Override
          public Operand<TFloat32> embed(Net net, Operand<TFloat32> images) {
            var kernel = net.trained("kernel", Shape.of(5, 3), Initializer.normal(1));
            return Layers.product(net, Layers.globalMean(net, images), kernel);
          }

          @Override
          public int embeddingSize(InputFormat format) {
            return 7;
          }
        };
    assertThat(problems(small, SOFTMAX)).contains("embeddings have 5 columns", "says 7");
  }
}
