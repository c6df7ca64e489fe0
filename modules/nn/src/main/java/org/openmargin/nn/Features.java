package org.openmargin.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What inference computes of an image besides its embedding, for scorers of more than the last
 * layer.
 *
 * @param maps names of feature maps of the backbone; {@link MapStatistics} of each is a feature
 * @param statistics of the pixels
 * @param views of an image over which the features of maps are averaged
 */
public record Features(List<String> maps, List<ImageStatistics> statistics, Views views) {
  /** Embeddings only. */
  public static final Features NONE = new Features(List.of(), List.of());

  public Features {
    maps = List.copyOf(maps);
    statistics = List.copyOf(statistics);
  }

  /** Of the image itself only. */
  public Features(List<String> maps, List<ImageStatistics> statistics) {
    this(maps, statistics, Views.SINGLE);
  }

  /** Names of all features, in order. */
  public List<String> names() {
    return Stream.concat(maps.stream(), statistics.stream().map(ImageStatistics::name)).toList();
  }

  /**
   * @throws IllegalArgumentException for a map that the backbone does not have, or images that do
   *     not fit the views or statistics
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
    views.requireFit(input);
    statistics.forEach(s -> s.size(input));
  }

  /**
   * An embedding, and the features of the same images by name: [n, size] each.
   *
   * @param embedding [n, d], the mean over the network's views
   */
  record Seen(Operand<TFloat32> embedding, Map<String, Operand<TFloat32>> features) {}

  /**
   * @param pixels [n, height, width, channels], 0 to 255
   */
  Seen of(Net net, OpenSetNetwork network, Operand<TFloat32> pixels) {
    var found = new LinkedHashMap<String, Operand<TFloat32>>();
    var ofEmbedding = network.views();
    var embedding =
        maps.isEmpty()
            ? network.embed(net, ofEmbedding.of(net, pixels))
            : staged(net, network, mostViews(ofEmbedding).of(net, pixels), found);
    // A turned image has the same statistics.
    statistics.forEach(s -> found.put(s.name(), s.of(net.in(s.name()), pixels)));
    return new Seen(ofEmbedding.mean(net, embedding), found);
  }

  /** The more of those of embeddings and of maps; the fewer are the first of the more. */
  Views mostViews(Views ofEmbedding) {
    return maps.isEmpty() || ofEmbedding.count() > views.count() ? ofEmbedding : views;
  }

  private Operand<TFloat32> staged(
      Net net,
      OpenSetNetwork network,
      Operand<TFloat32> seen,
      Map<String, Operand<TFloat32>> found) {
    var backbone = (StagedBackbone) network.backbone();
    var place = OpenSetNetwork.backboneNet(net);
    var present = mostViews(network.views());
    var last = backbone.maps().stream().filter(maps::contains).reduce((a, b) -> b).orElseThrow();
    var x = backbone.run(place, network.prepared(net, seen), 0, 1);
    for (var index = 1; index < backbone.stages(); index++) {
      var name = backbone.maps().get(index - 1);
      if (maps.contains(name)) {
        var ofMap = MapStatistics.of(place.in(name), views.first(net, present, x));
        found.put(name, views.mean(net, ofMap));
      }
      if (name.equals(last)) {
        x = network.views().first(net, present, x);
      }
      x = backbone.run(place, x, index, index + 1);
    }
    return net.cast(x, TFloat32.class);
  }
}
