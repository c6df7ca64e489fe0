package org.openmargin.exporter.gallery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.TensorFlowCall;
import org.openmargin.serving.gallery.Gallery;
import org.openmargin.serving.gallery.SimilarityRule;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * The rows that a gallery's graph multiplies with: centroids or templates, in a variable, because a
 * graph cannot hold constants of more than 2 GB.
 */
record GalleryRows(Gallery gallery) {
  /** The variable, and its key in the checkpoint. */
  static final String VARIABLE = ModelContract.GALLERY_ROWS;

  Shape shape() {
    var centroids = gallery.rule() instanceof SimilarityRule.Centroid;
    return Shape.of(centroids ? gallery.identities().size() : gallery.templates(), gallery.size());
  }

  private void fill(TFloat32 tensor) {
    var data = tensor.asRawTensor().data().asFloats();
    var at = 0L;
    for (var identity : gallery.identities()) {
      for (var row : gallery.rule().rows(identity)) {
        data.offset(at).write(row);
        at += row.length;
      }
    }
  }

  /**
   * Copies a checkpoint, with these rows in addition.
   *
   * @param shapes of the variables to copy, float32, by key
   */
  void writeWith(Map<String, Shape> shapes, Path from, Path to) {
    try (var graph = new Graph();
        var session = new Session(graph);
        var rows = TFloat32.tensorOf(shape(), this::fill);
        var source = TString.scalarOf(from.toAbsolutePath().toString());
        var target = TString.scalarOf(to.toAbsolutePath().toString())) {
      var tf = Ops.create(graph);
      var prefix = tf.placeholder(TString.class);
      var written = tf.placeholder(TString.class);
      var fed = tf.placeholder(TFloat32.class);
      var keys = new ArrayList<>(shapes.keySet());
      var values = new ArrayList<Operand<?>>();
      for (var key : keys) {
        var one = tf.array(key);
        values.add(
            tf.train.restore(prefix, one, tf.array(""), List.of(TFloat32.class)).tensors().get(0));
      }
      keys.add(VARIABLE);
      values.add(fed);
      var whole = keys.stream().map(key -> "").toArray(String[]::new);
      var save =
          tf.train.save(written, tf.array(keys.toArray(String[]::new)), tf.array(whole), values);
      var runner = session.runner().feed(prefix, source).feed(written, target).feed(fed, rows);
      try (var result =
          TensorFlowCall.of("variables cannot be written", () -> runner.addTarget(save).run())) {
        result.size();
      }
    }
  }
}
