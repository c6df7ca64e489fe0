package org.openmargin.trainer.embedding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.KnownImages;
import org.openmargin.data.PixelSink;
import org.openmargin.data.TrainingData;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.files.Sha256;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.FrozenBackbone;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.TensorFlow;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * Embeddings in the place of images: the four bytes of each number are four grey pixels of one row.
 * So they are kept, read ahead, gathered and batched as images are, and no bit is lost.
 *
 * @param size d, numbers of an embedding
 */
public record StoredEmbeddings(int size) implements Backbone {

  /** Computes embeddings of images, row by row. */
  public interface Source {
    float[][] of(Images images);
  }

  /** What they look like as images. */
  public InputFormat format() {
    return InputFormat.of(1, size * Float.BYTES, 1);
  }

  /**
   * Of training and validation images, see {@link #of(KnownImages, Source, FrozenBackbone,
   * ImageStorage)}.
   */
  public TrainingData of(
      TrainingData data, Source source, FrozenBackbone backbone, ImageStorage storage) {
    return new TrainingData(
        data.classNames(),
        of(data.train(), source, backbone, storage),
        of(data.validation(), source, backbone, storage));
  }

  /**
   * Computes the embeddings of images, or reads them if they are there.
   *
   * @param source computes them
   * @param backbone of the source
   * @throws DataException if an embedding is not finite
   */
  public KnownImages of(
      KnownImages known, Source source, FrozenBackbone backbone, ImageStorage storage) {
    var key = key(known.images(), backbone);
    var origin = new ImageStorage.Origin("embeddings", key, () -> key, "embeddings");
    var shape = new ImageShape(1, size * Float.BYTES, 1);
    var stored =
        storage.keep(origin, shape, known.count(), sink -> fill(sink, known.images(), source));
    return new KnownImages(stored.images(), known.labels(), known.ids(), known.groups());
  }

  private static String key(Images images, FrozenBackbone backbone) {
    var digest = new Sha256().add(backbone.key()).add(TensorFlow.version());
    var image = new byte[images.bytesPerImage()];
    for (var i = 0; i < images.count(); i++) {
      images.copyTo(i, image, 0);
      digest.add(image);
    }
    return digest.hex();
  }

  private static String fill(PixelSink sink, Images images, Source source) throws IOException {
    var embeddings = source.of(images);
    for (var row = 0; row < embeddings.length; row++) {
      var bytes = ByteBuffer.allocate(embeddings[row].length * Float.BYTES);
      bytes.order(ByteOrder.nativeOrder());
      for (var value : embeddings[row]) {
        if (!Float.isFinite(value)) {
          throw new DataException(
              "the embedding of image %d holds %s; embeddings must be finite"
                  .formatted(row, value));
        }
        bytes.putFloat(value);
      }
      sink.add(bytes.array(), 0);
    }
    return "";
  }

  @Override
  public Operand<TFloat32> input(Net net, InputFormat format, Operand<TFloat32> pixels) {
    return pixels;
  }

  /** The bytes as numbers again. */
  @Override
  public Operand<TFloat32> embed(Net net, Operand<TFloat32> images) {
    var tf = net.tf();
    var bytes = tf.reshape(net.cast(images, TUint8.class), tf.array(-1, size, Float.BYTES));
    return tf.reshape(tf.bitcast(bytes, TFloat32.class), tf.array(rows(images), size));
  }

  private static int rows(Operand<TFloat32> images) {
    return (int) images.shape().get(0);
  }

  @Override
  public int embeddingSize(InputFormat format) {
    return size;
  }
}
