package org.openmargin.model;

import org.openmargin.nn.Backbone;
import org.openmargin.nn.ImageStatistics;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Statistics of the pixels as the embedding: a backbone without weights. It takes pixels as they
 * are, from 0 to 255, because the formulas are about colours.
 */
public record StatisticsBackbone(ImageStatistics statistics) implements Backbone {

  @Override
  public Operand<TFloat32> embed(Net net, Operand<TFloat32> pixels) {
    return statistics.of(net.in(statistics.name()), pixels);
  }

  @Override
  public Operand<TFloat32> input(Net net, InputFormat format, Operand<TFloat32> pixels) {
    return pixels;
  }

  @Override
  public int embeddingSize(InputFormat format) {
    return statistics.size(format);
  }
}
