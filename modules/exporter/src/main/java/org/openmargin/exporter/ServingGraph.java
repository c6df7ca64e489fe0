package org.openmargin.exporter;

import java.util.List;
import java.util.Map;
import org.openmargin.nn.VariableFile;
import org.openmargin.nn.Variables;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.Reason;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * The graph that is served: any batch size, no training operations, the decision included. Its
 * signatures are
 *
 * <ul>
 *   <li>{@code serving_default}: {@code images} uint8 [n, h, w, channels], any h and w;
 *   <li>{@code serving_bytes}: {@code image_bytes} string [n], JPEG or PNG files; with an
 *       additional output {@code input_ok} bool [n], see {@link EncodedImages};
 *   <li>{@code serving_threshold}: {@code images} and {@code threshold} float [n] or [1], which
 *       replaces the model's own; one that is not finite rejects;
 *   <li>{@code describe}: {@code query} string [n], any text; answers what the model is, once per
 *       row.
 * </ul>
 *
 * <p>The outputs of the first three: {@code probabilities} [n, C], {@code logits} [n, C or C+1],
 * {@code label} string [n], {@code label_index} int64 [n] (-1 = unknown), {@code best_known_label},
 * {@code best_known_index}, {@code is_unknown} bool [n], {@code unknown_score} float [n], {@code
 * embedding} [n, d], {@code reason} string [n], a code of {@link Reason}. A row that is rejected
 * for such a reason has zeros for numbers, {@link ModelContract#NO_SCORE} and no best class.
 * Probabilities are over the known classes and, if the head has one, the open class, which is not
 * listed: rows then sum to less than 1.
 *
 * <p>{@code image_bytes} are decoded into the default value of {@code images}, so the graph holds
 * the network only once.
 *
 * @param file saves and restores them
 * @param labelsFile constant that a loader sets to the path of {@code assets/labels.txt}
 */
public record ServingGraph(
    List<ServingSignature> signatures,
    Variables variables,
    VariableFile file,
    Operand<TString> labelsFile) {

  public static ServingGraph build(Ops tf, ExportRequest request, Description description) {
    var source = request.source();
    var input = source.network().input();
    var files = tf.withName(ModelContract.IMAGE_BYTES).placeholder(TString.class, shape(-1));
    var preprocessing = new Preprocessing(input, source.centreCropPx());
    var decoded = EncodedImages.of(tf, files, preprocessing);
    var images =
        tf.withName(ModelContract.IMAGES)
            .placeholderWithDefault(decoded.pixels(), Shape.of(-1, -1, -1, input.channels()));
    var variables = new Variables(tf, 0);
    var rows = ImageAnswers.of(tf, variables, preprocessing.apply(tf, images), request);
    var limit = tf.withName(ModelContract.THRESHOLD).placeholder(TFloat32.class, shape(-1));
    var unknown = rows.unknown(request.decision().threshold());
    var bytesOutputs = rows.outputs(unknown, decoded.reason());
    bytesOutputs.put(
        ModelContract.INPUT_OK, tf.math.equal(decoded.reason(), tf.constant(Reason.OK.code())));
    var signatures =
        List.of(
            new ServingSignature(
                ModelContract.SERVING_DEFAULT,
                Map.of(ModelContract.IMAGES, images),
                rows.outputs(unknown, rows.noReason())),
            new ServingSignature(
                ModelContract.SERVING_BYTES,
                Map.of(ModelContract.IMAGE_BYTES, files),
                bytesOutputs),
            new ServingSignature(
                ModelContract.SERVING_THRESHOLD,
                Map.of(ModelContract.IMAGES, images, ModelContract.THRESHOLD, limit),
                rows.outputs(rows.unknownFor(limit), rows.noReason())),
            DescribeSignature.of(tf, request, description));
    var file = VariableFile.of(tf, variables.model());
    return new ServingGraph(
        signatures,
        variables,
        file,
        tf.withName("labels_file").constant(ModelContract.LABELS_FILE));
  }

  private static Placeholder.Options shape(long... sizes) {
    return Placeholder.shape(Shape.of(sizes));
  }
}
