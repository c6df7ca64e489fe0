package org.openmargin.trainer;

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
 * Training images that live on the device: one uint8 variable, one variable of labels, and the
 * gather that makes a batch of them. A step feeds indices only.
 *
 * @param pixels [batch, height, width, channels], 0 to 255
 * @param labels [batch]
 * @param fedPixels takes all images once
 * @param fedLabels takes all labels once
 * @param store assigns both
 */
record ResidentImages(
    Operand<TFloat32> pixels,
    Operand<TInt32> labels,
    Placeholder<TUint8> fedPixels,
    Placeholder<TInt64> fedLabels,
    Op store) {

  /**
   * @param indices [batch], constant shape
   */
  static ResidentImages of(Net net, KnownImages known, Operand<TInt32> indices) {
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
    var storePixels = tf.assignVariableOp(pixels, fedPixels);
    var storeLabels = tf.assignVariableOp(labels, fedLabels);
    return new ResidentImages(
        net.cast(tf.resourceGather(pixels, indices, TUint8.class), TFloat32.class),
        tf.dtypes.cast(tf.resourceGather(labels, indices, TInt64.class), TInt32.class),
        fedPixels,
        fedLabels,
        tf.withControlDependencies(storePixels, storeLabels).noOp());
  }

  /** Copies all images to the device. */
  void store(Session session, KnownImages known) {
    var images = known.images();
    var shape = Shape.of(images.count(), images.height(), images.width(), images.channels());
    var labels = new long[known.count()];
    for (var i = 0; i < labels.length; i++) {
      labels[i] = known.labels()[i];
    }
    try (var pixelTensor = TUint8.tensorOf(shape, t -> fill(t, known));
        var labelTensor = TInt64.tensorOf(NdArrays.vectorOf(labels))) {
      session
          .runner()
          .feed(fedPixels, pixelTensor)
          .feed(fedLabels, labelTensor)
          .addTarget(store)
          .run()
          .close();
    }
  }

  private static void fill(TUint8 tensor, KnownImages known) {
    var image = new byte[known.images().bytesPerImage()];
    var target = tensor.asRawTensor().data();
    for (var i = 0; i < known.count(); i++) {
      known.images().copyTo(i, image, 0);
      target.offset((long) i * image.length).write(image);
    }
  }
}
