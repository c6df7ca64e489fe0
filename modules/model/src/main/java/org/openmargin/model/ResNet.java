package org.openmargin.model;

import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.nn.Initializer;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.openmargin.nn.StagedBackbone;
import org.openmargin.nn.layers.Layers;
import org.openmargin.nn.layers.Layers.ConvShape;
import org.openmargin.nn.layers.Layers.NormSettings;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * Residual network of basic blocks: {@code relu(norm(conv(relu(norm(conv(x))))) + shortcut(x))}
 * (He, Zhang, Ren, Sun, "Deep residual learning for image recognition", 2016). From the second
 * stage on, each stage starts by halving height and width and doubling channels.
 *
 * @param width channels of the first stage
 * @param norm settings of the batch norms; its first scale applies to the last norm of each block
 * @param kernels how the kernels of convolutions start
 * @param conventions what weights from elsewhere may need
 */
public record ResNet(
    Stem stem,
    List<Integer> stageBlocks,
    int width,
    NormSettings norm,
    Kernels kernels,
    Conventions conventions)
    implements StagedBackbone {

  /** What comes before the first stage. */
  public enum Stem {
    /** 3x3 convolution with stride 1: for small images. */
    SMALL_3X3,
    /** 7x7 convolution with stride 2, then 3x3 max pooling with stride 2. */
    POOLED_7X7
  }

  /** Initial kernels. */
  public enum Kernels {
    /** {@link Initializer#he}. */
    HE_FAN_OUT,
    /** {@link Initializer#fanInUniform}. */
    PYTORCH_DEFAULT;

    private Initializer first() {
      return switch (this) {
        case HE_FAN_OUT -> Initializer.he();
        case PYTORCH_DEFAULT -> Initializer.fanInUniform();
      };
    }
  }

  /** Batch norms of the paper: momentum 0.1, epsilon 1e-5, all scales start at one. */
  public static final NormSettings NORM = new NormSettings(0.1, 1e-5, 1);

  /** 18 layers, 11.2 million weights, embedding size 512. */
  public static ResNet resNet18(Stem stem, NormSettings norm) {
    return new ResNet(stem, List.of(2, 2, 2, 2), 64, norm);
  }

  /** 34 layers, 21.3 million weights, embedding size 512. */
  public static ResNet resNet34(Stem stem, NormSettings norm) {
    return new ResNet(stem, List.of(3, 4, 6, 3), 64, norm);
  }

  /** Three stages of one narrow block each, embedding size 32: for tests and experiments. */
  public static ResNet tiny(Stem stem, NormSettings norm) {
    return new ResNet(stem, List.of(1, 1, 1), 8, norm);
  }

  public ResNet {
    stageBlocks = List.copyOf(stageBlocks);
    if (stageBlocks.isEmpty() || stageBlocks.stream().anyMatch(n -> n < 1) || width < 1) {
      throw new IllegalArgumentException(
          "a ResNet needs stages of at least one block and a positive width, not %s and %d"
              .formatted(stageBlocks, width));
    }
  }

  /** A network whose kernels start as {@link Kernels#HE_FAN_OUT}. */
  public ResNet(Stem stem, List<Integer> stageBlocks, int width, NormSettings norm) {
    this(stem, stageBlocks, width, norm, Kernels.HE_FAN_OUT, Conventions.DEFAULT);
  }

  /** A copy whose kernels start in another way. */
  public ResNet with(Kernels other) {
    return new ResNet(stem, stageBlocks, width, norm, other, conventions);
  }

  /** A copy with other conventions. */
  public ResNet with(Conventions other) {
    return new ResNet(stem, stageBlocks, width, norm, kernels, other);
  }

  @Override
  public Operand<TFloat32> input(Net net, InputFormat format, Operand<TFloat32> pixels) {
    return conventions.standardized(net, format, pixels);
  }

  @Override
  public int embeddingSize(InputFormat format) {
    conventions.requireFit(format);
    return channels(stageBlocks.size() - 1);
  }

  @Override
  public int stages() {
    return 1 + stageBlocks.size();
  }

  /**
   * {@code stem}, {@code stage1}, {@code stage2}, ...: numbered as in the paper's tables, from 1.
   */
  @Override
  public List<String> maps() {
    return IntStream.range(0, stageBlocks.size())
        .mapToObj(i -> i == 0 ? "stem" : "stage" + i)
        .toList();
  }

  /** The first stage is the stem; the mean over the map belongs to the last one. */
  @Override
  public Operand<? extends TFloating> stage(Net net, int index, Operand<? extends TFloating> x) {
    if (index == 0) {
      return stem(net.in("stem"), net.cast(x, net.arithmetic().activations()));
    }
    var map = blocks(net, x, index - 1);
    var isLast = index == stageBlocks.size();
    return isLast ? net.cast(Layers.globalMean(net, map), TFloat32.class) : map;
  }

  private <T extends TFloating> Operand<T> blocks(Net net, Operand<T> input, int stage) {
    var x = input;
    for (var block = 0; block < stageBlocks.get(stage); block++) {
      var stride = stage > 0 && block == 0 ? 2 : 1;
      x = block(net.in("stage" + stage).in("block" + block), x, channels(stage), stride);
    }
    return x;
  }

  private <T extends TFloating> Operand<T> stem(Net net, Operand<T> images) {
    var small = stem == Stem.SMALL_3X3;
    var shape = small ? shape(3, 1, width) : shape(7, 2, width);
    var map = Layers.relu(net, convNorm(net, images, shape, 1));
    return small ? map : Layers.maxPool(net, map, conventions.padding());
  }

  private <T extends TFloating> Operand<T> block(Net net, Operand<T> x, int channels, int stride) {
    var first = shape(3, stride, channels);
    var second = shape(3, 1, channels);
    var hidden = Layers.relu(net, convNorm(net.in("conv1"), x, first, 1));
    var residual = convNorm(net.in("conv2"), hidden, second, norm.firstScale());
    return Layers.relu(net, net.tf().math.add(residual, shortcut(net, x, first)));
  }

  private <T extends TFloating> Operand<T> shortcut(Net net, Operand<T> x, ConvShape block) {
    var same = block.stride() == 1 && x.shape().get(3) == block.filters();
    var projection = shape(1, block.stride(), block.filters());
    return same ? x : convNorm(net.in("shortcut"), x, projection, 1);
  }

  private <T extends TFloating> Operand<T> convNorm(
      Net net, Operand<T> x, ConvShape shape, double firstScale) {
    var settings = new NormSettings(norm.momentum(), norm.epsilon(), firstScale);
    return Layers.batchNorm(net.in("norm"), Layers.conv(net, x, shape, kernels.first()), settings);
  }

  private ConvShape shape(int size, int stride, int filters) {
    return new ConvShape(size, stride, filters, conventions.padding());
  }

  private int channels(int stage) {
    return width << stage;
  }
}
