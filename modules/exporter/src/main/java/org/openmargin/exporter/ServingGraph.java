package org.openmargin.exporter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openmargin.exporter.score.Reals;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.VariableFile;
import org.openmargin.nn.Variables;
import org.openmargin.serving.ModelContract;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TString;

/**
 * The graph that is served: any batch size, no training operations, the decision included. Its
 * signatures, with their tensors, are those of {@link ModelContract}; {@code explain} only if the
 * backbone shows the maps of its stages.
 *
 * <p>Probabilities are over the known classes and, if the head has one, the open class, which is
 * not listed: rows then sum to less than 1. A row that is rejected without a score has zeros for
 * numbers, {@link ModelContract#NO_SCORE} and no best class.
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
    var network = request.source().network();
    var inputs = InputTensors.of(tf, request.source());
    var variables = new Variables(tf, 0);
    var net = Net.root(tf, variables, new Mode.Inference());
    var endpoints = network.endpoints(net, inputs.pixels());
    var decision = request.decision();
    var real = Reals.doubles(tf);
    var rows = ImageAnswers.of(real, inputs.batch(), endpoints, request);
    var signatures = new ArrayList<>(pixels(inputs, rows));
    signatures.addAll(new FileSignatures(tf, inputs, rows, decision).all());
    signatures.add(new PixelSignature(real.floats(), request, endpoints).of(inputs.pixels()));
    signatures.add(DescribeSignature.of(tf, request, description));
    new ExplainSignature(tf, inputs, rows).of(net, network).ifPresent(signatures::add);
    var file = VariableFile.of(tf, variables.model());
    return new ServingGraph(
        signatures,
        variables,
        file,
        tf.withName(ModelContract.ASSET).constant(ModelContract.LABELS_FILE));
  }

  private static List<ServingSignature> pixels(InputTensors inputs, ImageAnswers rows) {
    return List.of(
        new ServingSignature(
            ModelContract.SERVING_DEFAULT,
            Map.of(ModelContract.IMAGES, inputs.images()),
            rows.outputs(rows.unknown())),
        new ServingSignature(
            ModelContract.SERVING_THRESHOLD,
            Map.of(
                ModelContract.IMAGES, inputs.images(), ModelContract.THRESHOLD, inputs.threshold()),
            rows.outputs(rows.unknownFor(inputs.threshold()))));
  }
}
