package org.openmargin.exporter.score;

import java.util.Map;
import org.openmargin.scoring.training.SimilarityEmbedding;
import org.tensorflow.Operand;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * {@link SimilarityEmbedding} as operations.
 *
 * @param features by name: [n, size] each
 */
public record SimilarityGraph<T extends TFloating>(
    Reals<T> real, Map<String, Operand<TFloat32>> features) {

  /**
   * @return [n, d]
   */
  public Operand<TFloat32> of(SimilarityEmbedding embedding) {
    var tf = real.tf();
    var parts = embedding.features().stream().map(features::get).toList();
    var joined = parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(1));
    var centred = tf.math.sub(real.of(joined), real.of(embedding.mean()));
    var matrix = real.of(embedding.matrix());
    return floats(tf.linalg.matMul(centred, matrix, MatMul.transposeB(true)));
  }

  private Operand<TFloat32> floats(Operand<T> x) {
    return x.type() == TFloat32.class
        ? x.asOutput().expect(TFloat32.class)
        : real.tf().dtypes.cast(x, TFloat32.class);
  }
}
