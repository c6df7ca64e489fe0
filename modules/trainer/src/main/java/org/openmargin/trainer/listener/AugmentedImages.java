package org.openmargin.trainer.listener;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.openmargin.data.TrainingData;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.Variables;
import org.openmargin.trainer.TrainSettings;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * Known training images, augmented as training does: by the same graph, with draws of their own.
 *
 * @param perClass images of each known class, at most as many as it has
 */
public record AugmentedImages(TrainSettings settings, int perClass) {

  /** By tag: the first images of each class as PNG. */
  public Map<String, Pictures> of(TrainingData data) {
    var pictures = new LinkedHashMap<String, Pictures>();
    var labels = data.train().labels();
    for (var label = 0; label < data.classNames().size(); label++) {
      var known = label;
      var rows =
          IntStream.range(0, labels.length)
              .filter(row -> labels[row] == known)
              .limit(perClass)
              .toArray();
      if (rows.length > 0) {
        pictures.put("augmented/" + data.classNames().get(label), of(data, rows));
      }
    }
    return pictures;
  }

  private Pictures of(TrainingData data, int[] rows) {
    var images = data.train().images();
    var bytes = new byte[rows.length * images.bytesPerImage()];
    for (var i = 0; i < rows.length; i++) {
      images.copyTo(rows[i], bytes, i * images.bytesPerImage());
    }
    var shape = Shape.of(rows.length, images.height(), images.width(), images.channels());
    try (var graph = new Graph();
        var pixels = TUint8.tensorOf(shape, DataBuffers.of(bytes))) {
      var tf = Ops.create(graph);
      var png = encoded(tf, augmented(tf, tf.constantOf(pixels)));
      try (var session = new Session(graph);
          var result = session.runner().fetch(png).run()) {
        var files = ((TString) result.get(0)).asBytes();
        return new Pictures(
            images.width(),
            images.height(),
            LongStream.range(0, rows.length).mapToObj(files::getObject).toList());
      }
    }
  }

  private Operand<TFloat32> augmented(Ops tf, Operand<TUint8> pixels) {
    var step = tf.constant(0L);
    var net = Net.root(tf, new Variables(tf, settings.seed()), new Mode.Training(step));
    return settings.step().augmentation().apply(net, tf.dtypes.cast(pixels, TFloat32.class));
  }

  private static Operand<TString> encoded(Ops tf, Operand<TFloat32> pixels) {
    var rounded =
        tf.dtypes.cast(
            tf.clipByValue(tf.math.rint(pixels), tf.constant(0f), tf.constant(255f)), TUint8.class);
    return tf.image.encodePng(rounded);
  }
}
