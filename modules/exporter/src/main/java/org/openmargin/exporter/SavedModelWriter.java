package org.openmargin.exporter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.TensorFlowCall;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TString;

/** Writes the files of a SavedModel, except those that need the running model. */
final class SavedModelWriter {
  private SavedModelWriter() {}

  /**
   * Builds the serving graph, restores the checkpoint, and writes {@code saved_model.pb}, {@code
   * variables/} unless the weights are frozen, {@code assets/}, {@code assets.extra/open_set.json}
   * and the files of the origin.
   *
   * @param directory empty
   */
  static void write(Path directory, ExportRequest request, Description description)
      throws IOException {
    try (var graph = new Graph();
        var session = new Session(graph)) {
      var serving = ServingGraph.build(Ops.create(graph), request, description);
      var checkpoint = request.source().checkpoint();
      run(
          "checkpoint " + checkpoint + " does not fit the network",
          session.runner().addTarget(serving.file().restore()),
          serving,
          checkpoint);
      var proto =
          switch (request.contents().weights()) {
            case VARIABLES -> {
              var variables = created(directory, ModelContract.VARIABLES);
              run(
                  variables + " cannot be written",
                  session.runner().addTarget(serving.file().save()),
                  serving,
                  variables);
              yield SavedModelProto.of(graph.toGraphDef(), serving);
            }
            case FROZEN ->
                SavedModelProto.frozen(graph.toGraphDef(), serving, values(session, serving));
          };
      Files.write(directory.resolve(ModelContract.GRAPH_FILE), proto.toByteArray());
    }
    var classNames = request.decision().head().classNames();
    Files.writeString(
        created(directory, ModelContract.LABELS), String.join("\n", classNames) + "\n");
    Files.writeString(created(directory, ModelContract.DESCRIPTION_FILE), description.json());
    for (var file : request.contents().origin().entrySet()) {
      Files.writeString(directory.resolve(file.getKey()), file.getValue());
    }
  }

  /** The values of the variables, by the names of the operations that read them. */
  private static Map<String, TensorProto> values(Session session, ServingGraph serving) {
    var values = new TreeMap<String, TensorProto>();
    for (var variable : serving.variables().model()) {
      try (var result = session.runner().fetch(variable.value()).run()) {
        values.put(variable.value().asOutput().op().name(), TensorProtos.of(result.get(0)));
      }
    }
    return values;
  }

  private static Path created(Path directory, String name) throws IOException {
    var file = directory.resolve(name);
    Files.createDirectory(file.getParent());
    return file;
  }

  private static void run(
      String failure, Session.Runner runner, ServingGraph serving, Path prefix) {
    try (var path = TString.scalarOf(prefix.toAbsolutePath().toString());
        var result =
            TensorFlowCall.of(failure, () -> runner.feed(serving.file().prefix(), path).run())) {
      result.size();
    }
  }
}
