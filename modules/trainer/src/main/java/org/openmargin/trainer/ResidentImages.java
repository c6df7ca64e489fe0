package org.openmargin.trainer;

import java.util.Arrays;
import org.openmargin.data.Batches;
import org.openmargin.data.KnownImages;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;

/**
 * Training images kept on the device: one uint8 variable, one variable of labels, and a gather that
 * makes the batch. A step only feeds indices.
 *
 * @param pixels [batch, height, width, channels], 0 to 255
 * @param labels [batch]
 * @param indices [batch]: which images
 * @param store takes all images once
 */
record ResidentImages(
    Operand<TFloat32> pixels, Operand<TInt32> labels, Placeholder<TInt32> indices, Store store)
    implements TrainImages {

  /** All images and labels, and the operation that copies them to the device. */
  record Store(Placeholder<TUint8> pixels, Placeholder<TInt64> labels, Op assign) {}

  static ResidentImages of(Net net, KnownImages known, int batchSize) {
    var tf = net.tf();
    var images = known.images();
    var pixelShape = Shape.of(images.count(), images.height(), images.width(), images.channels());
    var labelShape = Shape.of(images.count());
    var pixels =
        tf.withName("data.pixels")
            .varHandleOp(TUint8.class, pixelShape, VarHandleOp.sharedName("data.pixels"));
    var labels =
        tf.withName("data.labels")
            .varHandleOp(TInt64.class, labelShape, VarHandleOp.sharedName("data.labels"));
    var fedPixels = tf.placeholder(TUint8.class, Placeholder.shape(pixelShape));
    var fedLabels = tf.placeholder(TInt64.class, Placeholder.shape(labelShape));
    var assigned =
        tf.withControlDependencies(
                tf.assignVariableOp(pixels, fedPixels), tf.assignVariableOp(labels, fedLabels))
            .noOp();
    var fedIndices = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(batchSize)));
    // The optimiser only trusts a constant reshape, not the declared shape of a placeholder.
    var indices = tf.reshape(fedIndices, tf.array(batchSize));
    return new ResidentImages(
        net.cast(tf.resourceGather(pixels, indices, TUint8.class), TFloat32.class),
        tf.dtypes.cast(tf.resourceGather(labels, indices, TInt64.class), TInt32.class),
        fedIndices,
        new Store(fedPixels, fedLabels, assigned));
  }

  /** Copies all images to the device. */
  @Override
  public ImageFeed open(Session session, KnownImages known, Batches batches) {
    var images = known.images();
    var shape = Shape.of(images.count(), images.height(), images.width(), images.channels());
    var labels = Arrays.stream(known.labels()).asLongStream().toArray();
    try (var pixelTensor = TUint8.tensorOf(shape, t -> fill(t, known));
        var labelTensor = TInt64.tensorOf(NdArrays.vectorOf(labels))) {
      session
          .runner()
          .feed(store.pixels(), pixelTensor)
          .feed(store.labels(), labelTensor)
          .addTarget(store.assign())
          .run()
          .close();
    }
    return new IndexFeed(indices, batches);
  }

  private static void fill(TUint8 tensor, KnownImages known) {
    var image = new byte[known.images().bytesPerImage()];
    var target = tensor.asRawTensor().data();
    for (var i = 0; i < known.count(); i++) {
      known.images().copyTo(i, image, 0);
      target.offset((long) i * image.length).write(image);
    }
  }

  private static final class IndexFeed implements ImageFeed {
    private final Placeholder<TInt32> indices;
    private final Batches batches;
    private final TInt32 fed;

    IndexFeed(Placeholder<TInt32> indices, Batches batches) {
      this.indices = indices;
      this.batches = batches;
      this.fed = TInt32.tensorOf(indices.shape());
    }

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public Session.Runner bind(Session.Runner runner, int slot) {
      return runner.feed(indices, fed);
    }

    @Override
    public int await(long step) {
      fed.asRawTensor().data().asInts().write(batches.indices(step));
      return 0;
    }

    @Override
    public long waitedNanos() {
      return 0;
    }

    @Override
    public void close() {
      fed.close();
    }
  }
}
