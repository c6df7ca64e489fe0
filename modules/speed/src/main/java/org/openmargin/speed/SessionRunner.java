package org.openmargin.speed;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.SignatureDef;

/**
 * TensorFlow Java alone: operations are looked up once; a call copies the images into a tensor,
 * runs the session, and closes the results unread.
 */
record SessionRunner(SavedModelBundle bundle, Map<Request.Input, Call> calls)
    implements ModelRunner {
  /** The outputs that the classifier reads. */
  private static final List<String> READ =
      List.of("best_known_index", "is_unknown", "unknown_score", "probabilities", "embedding");

  record Call(Output<?> input, List<Output<?>> outputs) {}

  static SessionRunner load(Path version) {
    return of(SavedModelBundle.load(version.toString(), "serve"));
  }

  static SessionRunner load(Path version, int threads) {
    var session =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(threads)
            .build();
    var loader = SavedModelBundle.loader(version.toString()).withTags("serve");
    return of(loader.withConfigProto(session).load());
  }

  private static SessionRunner of(SavedModelBundle bundle) {
    var calls =
        Arrays.stream(Request.Input.values())
            .collect(Collectors.toMap(i -> i, i -> call(bundle, i)));
    return new SessionRunner(bundle, calls);
  }

  private static Call call(SavedModelBundle bundle, Request.Input input) {
    var signature = bundle.metaGraphDef().getSignatureDefOrThrow(input.signature());
    var fed = signature.getInputsOrThrow(input.tensor()).getName();
    return new Call(bundle.graph().outputOrThrow(fed), outputs(bundle, signature));
  }

  private static List<Output<?>> outputs(SavedModelBundle bundle, SignatureDef signature) {
    return signature.getOutputsMap().keySet().stream()
        .filter(name -> READ.contains(name) || name.equals("input_ok"))
        .<Output<?>>map(
            name -> bundle.graph().outputOrThrow(signature.getOutputsOrThrow(name).getName()))
        .toList();
  }

  @Override
  public Object answer(Request request) {
    try (var result = run(request, calls.get(request.input()).outputs())) {
      return result.size();
    }
  }

  /** A matrix output, row by row. */
  float[][] matrix(Request request, String output) {
    var signature = bundle.metaGraphDef().getSignatureDefOrThrow(request.input().signature());
    var name = signature.getOutputsOrThrow(output).getName();
    try (var result = run(request, List.of(bundle.graph().outputOrThrow(name)))) {
      return Tensors.rows(result.get(0));
    }
  }

  private Result run(Request request, List<Output<?>> outputs) {
    try (var tensor = Tensors.of(request)) {
      var runner = bundle.session().runner().feed(calls.get(request.input()).input(), tensor);
      outputs.forEach(runner::fetch);
      return runner.run();
    }
  }

  @Override
  public void close() {
    bundle.close();
  }
}
