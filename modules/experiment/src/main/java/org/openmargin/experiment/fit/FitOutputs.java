package org.openmargin.experiment.fit;

import java.util.function.Function;
import java.util.stream.Stream;
import org.openmargin.data.KnownImages;
import org.openmargin.nn.Features;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Views;
import org.openmargin.trainer.Inference;

/**
 * A trained network's outputs on the training images that scorers are fitted to.
 *
 * @param views how many of each image it saw, at most
 */
public record FitOutputs(KnownImages images, int views, Inference.Outputs outputs) {

  /**
   * A trained network.
   *
   * @param whole as evaluation uses it
   * @param other the same weights with other views, to be closed
   */
  public record Trained(
      OpenSetNetwork network, Inference whole, Function<OpenSetNetwork, Inference> other) {}

  /**
   * @param features whether scorers need them
   * @param passes most views of images that pass through the network
   */
  public static FitOutputs of(Trained trained, KnownImages train, boolean features, int passes) {
    var network = trained.network();
    var present = views(network.viewCount());
    var sight = FitSight.of(train, present, passes);
    var images = sight.images();
    if (sight.most() == present) {
      var outputs = outputs(trained.whole(), images, Turns.of(images, present, present), features);
      return new FitOutputs(images, present.count(), outputs);
    }
    var ofFeatures = network.features().views();
    var fewer =
        network
            .with(
                new Features(
                    network.features().maps(),
                    network.features().statistics(),
                    sight.of(ofFeatures)))
            .with(sight.of(network.views()));
    var upright = Turns.of(images, network.views(), fewer.views());
    try (var inference = trained.other().apply(fewer)) {
      // An embedding of the image as it is stays that, even if its features are of turned views.
      var apart = features && ofFeatures != network.views();
      var outputs = outputs(inference, images, upright, features && !apart);
      if (apart) {
        var turned = Turns.of(images, ofFeatures, fewer.features().views());
        var seen = outputs(inference, images, turned, true).features();
        outputs =
            new Inference.Outputs(outputs.logits(), outputs.embeddings(), outputs.scale(), seen);
      }
      return new FitOutputs(images, sight.most().count(), outputs);
    }
  }

  private static Views views(int count) {
    return Stream.of(Views.values()).filter(v -> v.count() == count).findFirst().orElseThrow();
  }

  private static Inference.Outputs outputs(
      Inference inference, KnownImages images, Turns turns, boolean features) {
    var turned = turns.of(images.images());
    return features ? inference.withFeatures(turned) : inference.outputs(turned);
  }
}
