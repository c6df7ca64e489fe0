package org.openmargin.serving;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openmargin.files.FileErrors;
import org.openmargin.files.FormatLocale;
import org.openmargin.runtime.TensorFlowLog;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/** A SavedModel with its own session. Thread-safe. */
public record LoadedModel(Path directory, SavedModelBundle bundle) implements AutoCloseable {

  /**
   * Loads a version directory.
   *
   * @param session devices and threads
   * @throws ModelException if it is not a SavedModel, or is damaged
   */
  public static LoadedModel open(Path directory, ConfigProto session) {
    FormatLocale.requireAsciiDigits();
    if (!isSavedModel(directory)) {
      throw new ModelException(
          "%s is not a SavedModel: it has no saved_model.pb".formatted(directory));
    }
    requireVariables(directory);
    TensorFlowLog.quieten();
    var loader =
        SavedModelBundle.loader(directory.toAbsolutePath().toString())
            .withTags(ModelContract.TAG)
            .withConfigProto(session);
    return TensorFlowCall.of(
        directory + " cannot be loaded", () -> new LoadedModel(directory, loader.load()));
  }

  /** The graph in {@code saved_model.pb}. */
  static MetaGraphDef metaOf(Path directory) {
    var file = directory.resolve(ModelContract.GRAPH_FILE);
    try {
      var model = SavedModel.parseFrom(Files.readAllBytes(file));
      if (model.getMetaGraphsCount() != 1) {
        throw new ModelException(
            "%s holds %d graphs, not one".formatted(file, model.getMetaGraphsCount()));
      }
      return model.getMetaGraphs(0);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(file + " is damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new ModelException(file + " cannot be read: " + FileErrors.reason(e), e);
    }
  }

  /** Files of variables, which a frozen model does without. */
  static List<String> variableFiles(MetaGraphDef meta) {
    var variables =
        meta.getGraphDef().getNodeList().stream().anyMatch(n -> n.getOp().equals("VarHandleOp"));
    return variables
        ? List.of(
            ModelContract.VARIABLES + ".index", ModelContract.VARIABLES + ".data-00000-of-00001")
        : List.of();
  }

  private static void requireVariables(Path directory) {
    var index = directory.resolve(ModelContract.VARIABLES + ".index");
    if (!Files.isRegularFile(index) && !variableFiles(metaOf(directory)).isEmpty()) {
      throw new ModelException(
          "%s is damaged: its %s is missing".formatted(directory, directory.relativize(index)));
    }
  }

  /**
   * The version directory itself, or the highest version in a model's directory.
   *
   * @throws ModelException if it is neither
   */
  public static Path versionDirectory(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new ModelException(directory + " is not a directory");
    }
    if (isSavedModel(directory)) {
      return directory;
    }
    try {
      var versions = ModelVersions.in(directory);
      if (versions.isEmpty()) {
        throw new ModelException(
            directory
                + " is not a SavedModel: it has neither a saved_model.pb nor a version directory");
      }
      return versions.get(versions.lastKey());
    } catch (IOException e) {
      throw new ModelException(directory + " cannot be read: " + FileErrors.reason(e), e);
    }
  }

  private static boolean isSavedModel(Path directory) {
    return Files.isRegularFile(directory.resolve(ModelContract.GRAPH_FILE));
  }

  /** Refuses a SavedModel that lacks one of the contract's signatures. */
  void requireContract() {
    var signatures = meta().getSignatureDefMap().keySet();
    var wanted = ModelContract.SIGNATURES.stream().map(ModelContract.Signature::name).toList();
    if (!signatures.containsAll(wanted)) {
      throw new ModelException(
          "%s is a SavedModel, but not an OpenMargin model: its signatures are %s"
              .formatted(directory, signatures));
    }
  }

  public MetaGraphDef meta() {
    return bundle.metaGraphDef();
  }

  /**
   * Calls a signature. The caller closes the answers and the inputs.
   *
   * @throws ModelException if the model refuses the inputs
   */
  public Answers call(ModelContract.Signature signature, Map<String, Tensor> inputs) {
    return call(signature.name(), inputs);
  }

  Answers call(String signature, Map<String, Tensor> inputs) {
    return TensorFlowCall.of(
        "signature " + signature + " fails",
        () -> {
          var result = bundle.function(signature).call(inputs);
          return new Answers(result, List.copyOf(result.keySet()));
        });
  }

  @Override
  public void close() {
    bundle.close();
  }
}
