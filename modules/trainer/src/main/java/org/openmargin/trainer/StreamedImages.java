package org.openmargin.trainer;

import org.openmargin.data.Batches;
import org.openmargin.data.KnownImages;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * Training images fed to each step.
 *
 * @param pixels [batch, height, width, channels], 0 to 255
 * @param labels [batch]
 * @param settings number of readers, and how far they read ahead
 */
record StreamedImages(
    Operand<TFloat32> pixels, Operand<TInt32> labels, Fed fed, FeedSettings settings)
    implements TrainImages {

  /**
   * @param pixels [batch, height, width, channels]
   * @param labels [batch]
   */
  record Fed(Placeholder<TUint8> pixels, Placeholder<TInt32> labels) {}

  static StreamedImages of(Net net, KnownImages known, int batchSize, FeedSettings settings) {
    var tf = net.tf();
    var images = known.images();
    var shape = Shape.of(batchSize, images.height(), images.width(), images.channels());
    var fed =
        new Fed(
            tf.placeholder(TUint8.class, Placeholder.shape(shape)),
            tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(batchSize))));
    // The optimiser only trusts a constant reshape, not the declared shape of a placeholder.
    return new StreamedImages(
        tf.reshape(net.cast(fed.pixels(), TFloat32.class), tf.constant(shape.asArray())),
        tf.reshape(fed.labels(), tf.array(batchSize)),
        fed,
        settings);
  }

  @Override
  public ImageFeed open(Session session, KnownImages known, Batches batches) {
    return new PrefetchingFeed(this, known, batches);
  }
}
