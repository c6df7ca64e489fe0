package org.openmargin.trainer;

import org.openmargin.data.Batches;
import org.openmargin.data.KnownImages;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The images of one step, in the graph: two operands, wherever the images are kept. */
sealed interface TrainImages permits ResidentImages, StreamedImages {

  /** [batch, height, width, channels], 0 to 255. */
  Operand<TFloat32> pixels();

  /** [batch]. */
  Operand<TInt32> labels();

  /** Feeds steps the images of {@code batches}; close it before the session. */
  ImageFeed open(Session session, KnownImages known, Batches batches);

  static TrainImages of(Net net, KnownImages known, int batchSize, FeedSettings settings) {
    return settings.streams(known)
        ? StreamedImages.of(net, known, batchSize, settings)
        : ResidentImages.of(net, known, batchSize);
  }
}
