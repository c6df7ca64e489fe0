package org.openmargin.experiment.wiring;

import org.openmargin.data.Dataset;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Views;

/**
 * The parts of a network, before it is known which images it sees.
 *
 * @param backbone image to embedding
 * @param loss embedding to logits and loss
 * @param views of each image that are averaged when it is classified
 */
public record NetworkDesign(Backbone backbone, OpenSetLoss loss, Views views) {

  /**
   * The network for images of this data set.
   *
   * @throws RunException if images of this size have no such views
   */
  public OpenSetNetwork network(Dataset dataset) {
    var images = dataset.train().images();
    var input = InputFormat.of(images.height(), images.width(), images.channels());
    try {
      return new OpenSetNetwork(input, backbone, loss).with(views);
    } catch (IllegalArgumentException e) {
      throw new RunException("scoring.views: " + e.getMessage(), e);
    }
  }

  /**
   * The same, to be trained.
   *
   * @throws RunException if the loss cannot be trained with the backbone, or on these images
   */
  public OpenSetNetwork trainable(Dataset dataset) {
    var network = network(dataset);
    try {
      network.objectives();
      return network;
    } catch (IllegalArgumentException e) {
      throw new RunException("loss: " + e.getMessage(), e);
    }
  }
}
