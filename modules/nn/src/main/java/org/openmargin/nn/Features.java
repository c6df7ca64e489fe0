package org.openmargin.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openmargin.nn.layers.MapStatistics;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What inference computes of an image besides its embedding, for scorers of more than the last
 * layer.
 *
 * @param maps names of feature maps of the backbone; {@link MapStatistics} of each is a feature
 * @param statistics of the pixels
 */
public record Features(List<String> maps, List<ImageStatistics> statistics) {
  /** Embeddings only. */
  public static final Features NONE = new Features(List.of(), List.of());

  public Features {
    maps = List.copyOf(maps);
    statistics = List.copyOf(statistics);
  }

  /** Names of all features, in order. */
  public List<String> names() {
    return Stream.concat(maps.stream(), statistics.stream().map(ImageStatistics::name)).toList();
  }

  /**
   * @throws IllegalArgumentException for a map that the backbone does not have
   */
  void requireFit(Backbone backbone, InputFormat input) {
    var present = backbone instanceof StagedBackbone staged ? staged.maps() : List.<String>of();
    for (var map : maps) {
      if (!present.contains(map)) {
        throw new IllegalArgumentException(
            "the backbone has no feature map '%s'; %s"
                .formatted(
                    map,
                    present.isEmpty() ? "it has none" : "it has " + String.join(", ", present)));
      }
    }
    statistics.forEach(s -> s.size(input));
  }

  /**
   * An embedding, and the features of the same images by name: [n, size] each.
   *
   * @param embedding [n, d]
   */
  record Seen(Operand<TFloat32> embedding, Map<String, Operand<TFloat32>> features) {}

  /**
   * @param pixels [n, height, width, channels], 0 to 255
   */
  Seen of(Net net, OpenSetNetwork network, Operand<TFloat32> pixels) {
    var found = new LinkedHashMap<String, Operand<TFloat32>>();
    var embedding =
        maps.isEmpty() ? network.embed(net, pixels) : staged(net, network, pixels, found);
    statistics.forEach(s -> found.put(s.name(), s.of(net.in(s.name()), pixels)));
    return new Seen(embedding, found);
  }

  private Operand<TFloat32> staged(
      Net net,
      OpenSetNetwork network,
      Operand<TFloat32> pixels,
      Map<String, Operand<TFloat32>> found) {
    var backbone = (StagedBackbone) network.backbone();
    var place = OpenSetNetwork.backboneNet(net);
    var x = backbone.run(place, network.prepared(net, pixels), 0, 1);
    for (var index = 1; index < backbone.stages(); index++) {
      var name = backbone.maps().get(index - 1);
      if (maps.contains(name)) {
        found.put(name, MapStatistics.of(place.in(name), x));
      }
      x = backbone.run(place, x, index, index + 1);
    }
    return net.cast(x, TFloat32.class);
  }
}
