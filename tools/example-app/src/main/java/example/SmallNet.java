package example;

import org.openmargin.nn.Backbone;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.openmargin.nn.layers.Layers;
import org.openmargin.nn.layers.Layers.ConvShape;
import org.openmargin.nn.layers.Layers.NormSettings;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Three convolutions of stride 2, each with batch norm and ReLU, then the mean over the map.
 *
 * @param width channels of the first; the others have two and four times as many
 */
public record SmallNet(int width) implements Backbone {
  private static final NormSettings NORM = new NormSettings(0.1, 1e-5, 1);

  @Override
  public Operand<TFloat32> embed(Net net, Operand<TFloat32> images) {
    var map = images;
    for (var stage = 0; stage < 3; stage++) {
      var here = net.in("stage" + stage);
      var convolved = Layers.conv(here, map, new ConvShape(3, 2, width << stage));
      map = Layers.relu(here, Layers.batchNorm(here.in("norm"), convolved, NORM));
    }
    return Layers.globalMean(net, map);
  }

  @Override
  public int embeddingSize(InputFormat format) {
    return width << 2;
  }
}
