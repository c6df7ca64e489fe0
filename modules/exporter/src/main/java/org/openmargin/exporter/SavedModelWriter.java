package org.openmargin.exporter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.TensorFlowCall;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TString;

/** Writes the files of a SavedModel, except those that need the running model. */
final class SavedModelWriter {
  private SavedModelWriter() {}

  /**
   * Builds the serving graph, restores the checkpoint, and writes {@code saved_model.pb}, {@code
   * variables/}, {@code assets/} and {@code assets.extra/open_set.json}.
   *
   * @param directory empty
   */
  static void write(Path directory, ExportRequest request, Description description)
      throws IOException {
    var variables = created(directory, ModelContract.VARIABLES);
    try (var graph = new Graph();
        var session = new Session(graph)) {
      var serving = ServingGraph.build(Ops.create(graph), request, description);
      var checkpoint = request.source().checkpoint();
      run(
          "checkpoint " + checkpoint + " does not fit the network",
          session.runner().addTarget(serving.file().restore()),
          serving,
          checkpoint);
      run(
          variables + " cannot be written",
          session.runner().addTarget(serving.file().save()),
          serving,
          variables);
      var proto = SavedModelProto.of(graph.toGraphDef(), serving);
      Files.write(directory.resolve(ModelContract.GRAPH_FILE), proto.toByteArray());
    }
    var classNames = request.decision().head().classNames();
    Files.writeString(
        created(directory, ModelContract.LABELS), String.join("\n", classNames) + "\n");
    Files.writeString(created(directory, ModelContract.DESCRIPTION_FILE), description.json());
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
