package org.openmargin.nn;

import java.util.List;
import org.openmargin.nn.Net.Tuning;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * A backbone whose stages are trained at different rates, or not at all.
 *
 * @param tunings one per stage
 */
public record TunedBackbone(StagedBackbone backbone, List<Tuning> tunings)
    implements StagedBackbone {

  /**
   * @throws IllegalArgumentException if there is not one tuning per stage
   */
  public TunedBackbone {
    tunings = List.copyOf(tunings);
    if (tunings.size() != backbone.stages()) {
      throw new IllegalArgumentException(
          "there are %d tunings for %d stages".formatted(tunings.size(), backbone.stages()));
    }
  }

  @Override
  public int stages() {
    return backbone.stages();
  }

  @Override
  public List<String> maps() {
    return backbone.maps();
  }

  @Override
  public Operand<? extends TFloating> stage(Net net, int index, Operand<? extends TFloating> x) {
    return backbone.stage(net.with(tunings.get(index)), index, x);
  }

  @Override
  public Operand<TFloat32> input(Net net, InputFormat format, Operand<TFloat32> pixels) {
    return backbone.input(net, format, pixels);
  }

  @Override
  public int embeddingSize(InputFormat format) {
    return backbone.embeddingSize(format);
  }
}
