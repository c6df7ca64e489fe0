package org.openmargin.loss;

import java.util.List;
import org.openmargin.nn.Initializer;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.openmargin.nn.Objective;
import org.openmargin.nn.Objective.Passes;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A generative adversarial network for images up to 32 px (DCGAN: Radford, Metz, Chintala,
 * "Unsupervised representation learning with deep convolutional generative adversarial networks",
 * 2016). With discriminator D (as a logit), generator G and noise z ~ N(0, 1):
 *
 * <pre>
 * D   mean softplus(-D(x)) + mean softplus(D(G(z)))       cross-entropy: real 1, fake 0
 * G   mean softplus(-D(G(z))) + the loss's own term       cross-entropy: fake 1
 * </pre>
 *
 * <p>The layers are those of the published code of ARPL and DIAS, including the sigmoid before D's
 * dense layer; kernels start from N(0, 0.02^2). Both train by Adam with betas 0.5 and 0.999. Ours:
 * G makes 32 x 32 px; smaller images are cropped from its middle.
 *
 * @param noiseSize length of z
 * @param generatorChannels of G's first map, halved at each following one
 * @param discriminatorChannels of D's first map, doubled at each following one
 * @param learningRate of both, constant
 */
public record Gan(
    int noiseSize, int generatorChannels, int discriminatorChannels, double learningRate) {

  static final Initializer KERNEL = Initializer.normal(0.02);

  private static final String GENERATOR = "generator";
  private static final String DISCRIMINATOR = "discriminator";

  public Gan {
    if (noiseSize < 1
        || generatorChannels < 8
        || discriminatorChannels < 1
        || !(learningRate > 0)) {
      throw new IllegalArgumentException(
          "a GAN needs noise, at least 8 generator channels, a discriminator channel and a learning"
              + " rate above 0, not %d, %d, %d and %s"
                  .formatted(noiseSize, generatorChannels, discriminatorChannels, learningRate));
    }
  }

  /** What a loss adds to the generator's objective. */
  @FunctionalInterface
  interface GeneratorTerm {

    /**
     * @param net the root
     * @param fakes [batch, height, width, channels], 0 to 255
     * @param labels of the real images of the step
     * @return scalar
     */
    Operand<TFloat32> of(Net net, Operand<TFloat32> fakes, Operand<TInt32> labels);
  }

  /** Rejects images larger than the generator can make. */
  void requireFit(InputFormat images) {
    if (Math.max(images.height(), images.width()) > Generator.SIZE) {
      throw new IllegalArgumentException(
          "the generator makes images up to %d px, these are %d x %d; set data.image_size_px to %d or less"
              .formatted(Generator.SIZE, images.height(), images.width(), Generator.SIZE));
    }
  }

  /** The discriminator's objective, then the generator's, on the same fakes. */
  List<Objective> objectives(Passes passes, GeneratorTerm term) {
    return List.of(
        objective(DISCRIMINATOR, (net, pixels, labels) -> discriminating(net, pixels), passes),
        objective(
            GENERATOR,
            (net, pixels, labels) -> {
              var fakes = fakes(net, "noise", pixels);
              return net.tf().math.add(taken(net, fakes, true), term.of(net, fakes, labels));
            },
            passes));
  }

  private Objective objective(String name, Objective.Loss loss, Passes passes) {
    var adam = new Objective.Update.ConstantAdam(learningRate, 0.5, 0.999);
    return new Objective(name, loss, List.of(name), adam, passes);
  }

  private Operand<TFloat32> discriminating(Net net, Operand<TFloat32> pixels) {
    var real = taken(net, pixels, true);
    return net.tf().math.add(real, taken(net, fakes(net, "noise", pixels), false));
  }

  /** Mean cross-entropy of classifying images as real, or as fake. */
  private Operand<TFloat32> taken(Net net, Operand<TFloat32> pixels, boolean real) {
    var tf = net.tf();
    var logits = new Discriminator(discriminatorChannels).logits(net.in(DISCRIMINATOR), pixels);
    return tf.math.mean(tf.math.softplus(real ? tf.math.neg(logits) : logits), tf.array(0, 1));
  }

  /**
   * Images of the generator, new in each step.
   *
   * @param noise within a step, the same name gives the same images
   * @param like sets the shape of the images
   * @return [batch, height, width, channels], 0 to 255
   */
  Operand<TFloat32> fakes(Net net, String noise, Operand<TFloat32> like) {
    var generator = new Generator(noiseSize, generatorChannels);
    return generator.pixels(net.in(GENERATOR), noise, like.shape());
  }
}
