package org.openmargin.serving.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.exporter.Exporter;
import org.openmargin.exporter.ModelCopy;
import org.openmargin.exporter.PlainSession;
import org.openmargin.exporter.TrainedNetwork;
import org.openmargin.files.Sha256;
import org.openmargin.files.TfRecords;
import org.openmargin.serving.FileDigests;
import org.openmargin.serving.Finding;
import org.openmargin.serving.JsonText;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.WarmUp;
import org.openmargin.serving.WarmUpFile;
import org.openmargin.serving.gallery.StoredGallery;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GradientDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Models that are broken on purpose: each must be refused, and nothing of it may run. */
class ModelGateTest {
  /** A checksum that nothing has. */
  private static final int SPARE = 0x5eed5eed;

  private static final String LABELS = "assets/labels.txt";
  private static final String DATA = "variables/variables.data-00000-of-00001";
  private static final String WARM_UP = "assets.extra/tf_serving_warmup_requests";
  private static final String DESCRIPTION = "assets.extra/open_set.json";

  @TempDir static Path directory;
  private static Path exported;
  private static Path trace;

  @TempDir Path copies;
  private Path model;

  @BeforeAll
  static void export() throws IOException {
    var network = TrainedNetwork.omcl(directory.resolve("run"));
    exported = Exporter.export(network.request(directory, "max_logit")).directory();
    trace = directory.resolve("trace");
  }

  @BeforeEach
  void copy() throws IOException {
    model = ModelCopy.of(exported, copies.resolve("1"));
  }

  @Test
  void aFreshExportPasses() {
    assertThat(new ModelGate(ConfigProto.getDefaultInstance()).check(model))
        .allMatch(Finding::ok)
        .hasSizeGreaterThan(50);
  }

  private static Map<String, ModelFault> faults() {
    var faults = new LinkedHashMap<String, ModelFault>();
    weights(faults);
    restored(faults);
    hidden(faults);
    misled(faults);
    planted(faults);
    decisions(faults);
    signatures(faults);
    files(faults);
    return faults;
  }

  static Stream<String> names() {
    return faults().keySet().stream();
  }

  /** Whoever breaks a model can renew its digests. */
  @ParameterizedTest
  @MethodSource("names")
  void aBrokenModelIsRefused(String name) throws IOException {
    assertThat(faults().get(name).problems(model))
        .as(name)
        .anyMatch(what -> what.contains(ModelFault.wanted(name)));
    assertThat(trace).doesNotExist();
  }

  private static void weights(Map<String, ModelFault> faults) {
    faults.put("a flipped bit of a weight: has a wrong checksum", model -> flip(model, DATA, 101));
    faults.put("a weight that is NaN: is not finite", model -> weight(model, Float.NaN));
    faults.put(
        "an infinite weight: is not finite", model -> weight(model, Float.NEGATIVE_INFINITY));
    faults.put("weights that are cut off: is cut off", model -> truncate(model, DATA, 5000));
    faults.put(
        "an index that is cut off: variables.index is damaged",
        model -> truncate(model, "variables/variables.index", 100));
    faults.put(
        "a flipped bit of the index: variables.index is damaged",
        model -> flip(model, "variables/variables.index", 40));
    faults.put(
        "a variable of another shape: is stored with another type or shape",
        model ->
            nodes(
                model,
                node -> {
                  if (node.getOp().equals("VarHandleOp")) {
                    node.putAttr(
                        "shape",
                        AttrValue.newBuilder()
                            .setShape(TensorShapeProto.getDefaultInstance())
                            .build());
                  }
                }));
  }

  /** Where values lie, and which of them the loader takes. */
  private static void restored(Map<String, ModelFault> faults) {
    faults.put(
        "bytes behind the values: of which",
        model -> Files.write(model.resolve(DATA), new byte[8], StandardOpenOption.APPEND));
    faults.put(
        "a variable restored from another's value: the loader sets the variable",
        model ->
            graph(
                model,
                meta -> {
                  var names = named(meta, node -> node.getOp().equals("RestoreV2"));
                  var first = nodeOf(meta, names.get(0));
                  var second = nodeOf(meta, names.get(1));
                  var key = first.getInput(1);
                  first.setInput(1, second.getInput(1));
                  second.setInput(1, key);
                }));
    faults.put(
        "a variable set by the graph: to what is not in the file",
        model ->
            graph(
                model,
                meta -> {
                  var sets = named(meta, node -> node.getOp().equals("AssignVariableOp"));
                  nodeOf(meta, sets.get(0)).setInput(1, ModelContract.DECISION_SCORE);
                }));
    faults.put(
        "a variable left out: the loader leaves out the variable",
        model ->
            graph(model, meta -> nodeOf(meta, meta.getSaverDef().getRestoreOpName()).clearInput()));
    faults.put(
        "loading that saves: loading runs",
        model ->
            graph(
                model,
                meta -> {
                  var save = named(meta, node -> node.getOp().equals("SaveV2")).get(0);
                  nodeOf(meta, meta.getSaverDef().getRestoreOpName()).addInput("^" + save);
                }));
  }

  /** Two values in each other's place, with the right checksums. */
  private static void exchangedValues(Path model) throws IOException {
    var entries =
        List.copyOf(TensorBundle.read(model.resolve("variables/variables")).entries().values());
    for (var a : entries) {
      for (var b : entries) {
        var comparable = a.getShape().equals(b.getShape()) && a.getOffset() < b.getOffset();
        if (comparable && a.getSize() > 64 && a.getCrc32C() != b.getCrc32C()) {
          var data = Files.readAllBytes(model.resolve(DATA));
          var size = (int) a.getSize();
          var first = Arrays.copyOfRange(data, (int) a.getOffset(), (int) a.getOffset() + size);
          System.arraycopy(data, (int) b.getOffset(), data, (int) a.getOffset(), size);
          System.arraycopy(first, 0, data, (int) b.getOffset(), size);
          Files.write(model.resolve(DATA), data);
          var index = model.resolve("variables/variables.index");
          var spare = Recrc.of(Files.readAllBytes(index), a.getCrc32C(), SPARE);
          var half = Recrc.of(spare, b.getCrc32C(), a.getCrc32C());
          Files.write(index, Recrc.of(half, SPARE, b.getCrc32C()));
          return;
        }
      }
    }
    throw new IllegalStateException("no two values of one shape");
  }

  private static void hidden(Map<String, ModelFault> faults) {
    faults.put(
        "WriteFile in a function: of the kind WriteFile",
        model -> function(model, f -> f.addNodeDef(node("planted", "WriteFile"))));
    faults.put(
        "a function called as an operation: function Relu is called as another",
        model ->
            graph(
                model,
                meta -> {
                  var library = meta.getGraphDefBuilder().getLibraryBuilder();
                  var copy = library.getFunction(0).toBuilder();
                  copy.getSignatureBuilder().setName("Relu");
                  library.addFunction(copy);
                }));
    faults.put(
        "a function with a gradient: has a gradient",
        model ->
            graph(
                model,
                meta ->
                    meta.getGraphDefBuilder()
                        .getLibraryBuilder()
                        .addGradient(
                            GradientDef.newBuilder().setFunctionName("f").setGradientFunc("g"))));
    faults.put(
        "an operation on another machine: runs on /job:worker",
        model -> nodes(model, node -> node.setDevice("/job:worker/task:0")));
    faults.put(
        "two operations of one name: two operations are called",
        model ->
            graph(model, meta -> meta.getGraphDefBuilder().addNode(meta.getGraphDef().getNode(0))));
    faults.put(
        "an object graph: the object graph",
        model ->
            graph(model, meta -> meta.setObjectGraphDef(SavedObjectGraph.getDefaultInstance())));
    faults.put(
        "NaN in a function: constants that are not finite: [planted]",
        model ->
            function(
                model,
                f ->
                    f.addNodeDef(
                        number(
                            TensorProto.newBuilder().addFloatVal(Float.NaN), DataType.DT_FLOAT))));
    faults.put(
        "an infinite number of 16 bits: constants that are not finite: [planted]",
        model ->
            graph(
                model,
                meta ->
                    meta.getGraphDefBuilder()
                        .addNode(
                            number(
                                TensorProto.newBuilder().addHalfVal(0x7c00), DataType.DT_HALF))));
    faults.put(
        "an attribute that is NaN: attributes that are not finite",
        model ->
            nodes(
                model,
                node -> node.putAttr("_planted", AttrValue.newBuilder().setF(Float.NaN).build())));
    faults.put(
        "a constant of a terabyte: constants that fill the memory",
        model ->
            graph(
                model,
                meta -> {
                  var shape = TensorShapeProto.newBuilder();
                  shape.addDimBuilder().setSize(1L << 38);
                  meta.getGraphDefBuilder()
                      .addNode(
                          number(
                              TensorProto.newBuilder().addFloatVal(1).setTensorShape(shape),
                              DataType.DT_FLOAT));
                }));
    faults.put(
        "another tag: the graph's tags are [serve, gpu]",
        model -> graph(model, meta -> meta.getMetaInfoDefBuilder().addTags("gpu")));
  }

  private static NodeDef number(TensorProto.Builder value, DataType type) {
    return node("planted", "Const").toBuilder()
        .putAttr("value", AttrValue.newBuilder().setTensor(value.setDtype(type)).build())
        .build();
  }

  private static void planted(Map<String, ModelFault> faults) {
    for (var op : List.of("WriteFile", "ReadFile", "PyFunc", "Print", "MatchingFiles", "Assert")) {
      faults.put(
          "an operation %s that nothing needs: of the kind %s".formatted(op, op),
          model -> graph(model, meta -> meta.getGraphDefBuilder().addNode(node("planted", op))));
    }
    faults.put("WriteFile before an answer: of the kind WriteFile", ModelGateTest::writing);
    faults.put(
        "Print in a function: of the kind PrintV2",
        model -> function(model, f -> f.addNodeDef(node("planted", "PrintV2"))));
    faults.put(
        "a function that nothing needs: no signature needs function",
        model ->
            graph(
                model,
                meta -> {
                  var library = meta.getGraphDefBuilder().getLibraryBuilder();
                  var copy = library.getFunction(0).toBuilder();
                  copy.getSignatureBuilder().setName("spare");
                  library.addFunction(copy);
                }));
    faults.put(
        "an allowed operation that nothing needs: no signature needs planted",
        model -> graph(model, meta -> meta.getGraphDefBuilder().addNode(node("planted", "NoOp"))));
    faults.put(
        "an answer that saves the variables: an answer depends on",
        model ->
            graph(
                model,
                meta -> {
                  var save = meta.getSaverDef().getSaveTensorName().replaceFirst(":.*", "");
                  nodeOf(meta, ModelContract.DECISION_SCORE).addInput("^" + save);
                }));
    faults.put(
        "a fixed path of the variables: the path of the variables is fixed",
        model ->
            graph(
                model,
                meta -> {
                  var path = meta.getSaverDef().getFilenameTensorName().replaceFirst(":.*", "");
                  var text =
                      TensorProto.newBuilder()
                          .setDtype(DataType.DT_STRING)
                          .setTensorShape(TensorShapeProto.getDefaultInstance())
                          .addStringVal(ByteString.copyFromUtf8(trace.toString()));
                  nodeOf(meta, path)
                      .setOp("Const")
                      .clearAttr()
                      .putAttr("value", AttrValue.newBuilder().setTensor(text).build())
                      .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_STRING).build());
                }));
    faults.put(
        "an operation that runs at loading: collection saved_model_main_op",
        model ->
            graph(
                model,
                meta ->
                    meta.putCollectionDef(
                        "saved_model_main_op", CollectionDef.getDefaultInstance())));
    faults.put(
        "an asset outside of the model: asset ../../passwords is none",
        model ->
            graph(
                model,
                meta ->
                    meta.addAssetFileDef(
                        AssetFileDef.newBuilder().setFilename("../../passwords"))));
  }

  private static void decisions(Map<String, ModelFault> faults) {
    faults.put(
        "a threshold that is NaN: constants that are not finite",
        model -> limits(model, Float.NaN));
    faults.put("another threshold: differs from the recorded one", model -> limits(model, 1e9f));
    faults.put(
        "a threshold that is one unit off: but is_unknown is",
        model -> limits(model, Float.MIN_VALUE));
    faults.put(
        "an inverted comparison: but is_unknown is",
        model -> replaced(model, "LessEqual", "GreaterEqual"));
    faults.put(
        "a strict comparison: but is_unknown is", model -> replaced(model, "LessEqual", "Less"));
    faults.put(
        "a comparison that accepts a threshold of NaN: threshold NaN, but is_unknown is false",
        ModelGateTest::acceptingNan);
    faults.put(
        "an infinite threshold that is accepted: threshold Infinity, but is_unknown is false",
        model ->
            nodes(
                model,
                node -> {
                  if (node.getOp().equals("IsFinite")
                      && node.getInput(0).startsWith("BroadcastTo")) {
                    node.setInput(0, ModelContract.DECISION_SCORE);
                  }
                }));
  }

  /** Rejected if finite and greater, in place of not accepted; nothing is left over. */
  private static void acceptingNan(Path model) throws IOException {
    graph(
        model,
        meta -> {
          var compared = named(meta, node -> node.getOp().equals("LessEqual"));
          var accepted =
              named(meta, node -> node.getInputList().stream().anyMatch(compared::contains));
          for (var node : meta.getGraphDefBuilder().getNodeBuilderList()) {
            if (compared.contains(node.getName())) {
              node.setOp("Greater");
            } else if (node.getOp().equals("LogicalNot") && accepted.contains(node.getInput(0))) {
              node.setOp("Identity")
                  .putAttr("T", AttrValue.newBuilder().setType(DataType.DT_BOOL).build());
            }
          }
        });
  }

  static List<String> named(MetaGraphDef.Builder meta, Predicate<NodeDef> predicate) {
    return meta.getGraphDefBuilder().getNodeList().stream()
        .filter(predicate)
        .map(NodeDef::getName)
        .toList();
  }

  private static void signatures(Map<String, ModelFault> faults) {
    faults.put(
        "a signature that is missing: there is no signature serving_threshold",
        model -> graph(model, meta -> meta.removeSignatureDef("serving_threshold")));
    faults.put(
        "a signature more: signature backdoor is not in the contract",
        model ->
            graph(
                model,
                meta ->
                    meta.putSignatureDef(
                        "backdoor", meta.getSignatureDefOrThrow("serving_default"))));
    faults.put(
        "an output of another name: output is_unknown is missing",
        model ->
            signature(
                model,
                s ->
                    s.putOutputs("unknown", s.getOutputsOrThrow("is_unknown"))
                        .removeOutputs("is_unknown")));
    faults.put(
        "no method name: its method name is ''",
        model -> signature(model, s -> s.setMethodName("")));
    faults.put(
        "a fixed batch: lacks the batch",
        model ->
            signature(
                model,
                s -> {
                  var images = s.getInputsOrThrow("images").toBuilder();
                  images.getTensorShapeBuilder().getDimBuilder(0).setSize(8);
                  s.putInputs("images", images.build());
                }));
    faults.put(
        "another declared width: embedding has the shape",
        model ->
            signature(
                model,
                s -> {
                  var embedding = s.getOutputsOrThrow("embedding").toBuilder();
                  embedding.getTensorShapeBuilder().getDimBuilder(1).setSize(7);
                  s.putOutputs("embedding", embedding.build());
                }));
    faults.put(
        "a tensor that is not there: probabilities is not in the graph",
        model ->
            signature(
                model,
                s ->
                    s.putOutputs(
                        "probabilities",
                        s.getOutputsOrThrow("probabilities").toBuilder()
                            .setName("none:0")
                            .build())));
    faults.put(
        "logits for an embedding: has the shape",
        model -> signature(model, s -> swapped(s, "embedding", "logits")));
    faults.put(
        "the decision for the best class: no signature needs",
        model ->
            signature(model, s -> s.putOutputs("best_known_label", s.getOutputsOrThrow("label"))));
  }

  private static void misled(Map<String, ModelFault> faults) {
    faults.put(
        "alpha for the threshold: clients feed threshold as alpha:0",
        model ->
            signature(
                model,
                "decide",
                s -> {
                  var threshold = s.getInputsOrThrow("threshold");
                  s.putInputs("threshold", s.getInputsOrThrow("alpha"))
                      .putInputs("alpha", threshold);
                }));
    faults.put(
        "a threshold that a server fills in: fills in what a client leaves out: [threshold]",
        model ->
            signature(
                model,
                "serving_threshold",
                s -> s.putDefaults("threshold", TensorProto.getDefaultInstance())));
  }

  /**
   * Of one type and shape, so that no declaration is wrong; and whoever did it renewed the rest.
   */
  @Test
  void outputsThatAreOthersAndNumbersThatAreOthersAreNamed() throws IOException {
    exchanged(model, "decide", "p_value", "unknown_score");
    exchanged(model, "serving_threshold", "label", "best_known_label");
    exchanged(model, "serving_examples", "is_unknown", "input_is_unusual");
    exchangedValues(model);
    nodes(
        model,
        node -> {
          var tensor = node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
          if (node.getName().equals(ModelContract.PIXEL_DECISION + "/limit")) {
            limit(node, 1e9f);
          } else if (node.getName().startsWith(ModelContract.DECISION + "/")
              && tensor.getDtype() == DataType.DT_FLOAT
              && tensor.getTensorShape().getDimCount() == 1) {
            var count = (int) tensor.getTensorShape().getDim(0).getSize();
            var ones =
                tensor.toBuilder()
                    .clearTensorContent()
                    .clearFloatVal()
                    .addAllFloatVal(Collections.nCopies(count, 1f));
            node.putAttr("value", AttrValue.newBuilder().setTensor(ones).build());
          }
        });
    FileDigests.of(model).write(model);

    assertThat(problems())
        .contains("signature decide has another p_value")
        .contains("signature decide has another unknown_score")
        .contains("the best class is not that of the largest logit")
        .contains("signature serving_examples has another is_unknown")
        .contains("has the p-value 1.0, but alpha")
        .contains("differs from the recorded one")
        .containsPattern("score [^;]* and threshold [^;]*, but is_unknown is false");
  }

  private static void exchanged(Path model, String signature, String a, String b)
      throws IOException {
    signature(model, signature, s -> swapped(s, a, b));
  }

  private static SignatureDef.Builder swapped(SignatureDef.Builder s, String a, String b) {
    var first = s.getOutputsOrThrow(a);
    var second = s.getOutputsOrThrow(b);
    return s.putOutputs(a, first.toBuilder().setName(second.getName()).build())
        .putOutputs(b, second.toBuilder().setName(first.getName()).build());
  }

  private static void files(Map<String, ModelFault> faults) {
    faults.put(
        "labels in another order: labels.txt does not list",
        model ->
            Files.writeString(
                model.resolve(LABELS), "platelet\nmonocyte\neosinophil\nerythroblast\n"));
    faults.put(
        "a class renamed in the description: open_set.json is not what",
        model -> {
          var file = model.resolve(DESCRIPTION);
          Files.writeString(file, Files.readString(file).replace("platelet", "plate"));
        });
    faults.put(
        "another threshold in the description and the graph's text: open_set.json says threshold",
        model -> described(model, "\"threshold\": [-0-9.E]+", "\"threshold\": 5.0"));
    faults.put(
        "another alpha in the description and the graph's text: open_set.json says alpha",
        model -> described(model, "\"alpha\": 0.3", "\"alpha\": 0.4"));
    faults.put(
        "a class renamed in the description and the graph's text: open_set.json says classes",
        model -> described(model, "platelet", "plate"));
    faults.put(
        "another golden answer: its images have other unknown scores",
        model -> {
          var file = model.resolve("assets.extra/golden.json");
          var score = "(\"unknown_score\":\\s*\\[)[-0-9.E]+";
          Files.writeString(file, Files.readString(file).replaceFirst(score, "$17.5"));
        });
    faults.put(
        "a file with its digest: assets.extra/patients.csv is no file of an export",
        model -> Files.writeString(model.resolve("assets.extra/patients.csv"), "name\n"));
    faults.put(
        "no warm-up file: tf_serving_warmup_requests is missing",
        model -> Files.delete(model.resolve(WARM_UP)));
    faults.put(
        "a warm-up file of anything: is damaged or cut off",
        model -> Files.writeString(model.resolve(WARM_UP), "anything, but no records of a log"));
    faults.put(
        "1001 warm-up requests: has 1001 requests",
        model -> {
          var record = WarmUpFile.read(model.resolve(WARM_UP)).get(0).encode();
          var records = new ByteArrayOutputStream();
          for (var i = 0; i < 1001; i++) {
            TfRecords.write(records, record);
          }
          Files.write(model.resolve(WARM_UP), records.toByteArray());
        });
    faults.put(
        "a warm-up request for another signature: is for the signature 'none'",
        model -> warmUp(model, r -> new WarmUp(r.model(), "none", r.inputs(), r.outputs())));
    faults.put(
        "another recorded answer: differs from the recorded one",
        model ->
            warmUp(
                model,
                r -> {
                  var outputs = new TreeMap<>(r.outputs());
                  if (!outputs.containsKey("logits")) {
                    return r;
                  }
                  var logits = outputs.get("logits");
                  var zeros = new byte[logits.getTensorContent().size()];
                  outputs.put(
                      "logits",
                      logits.toBuilder().setTensorContent(ByteString.copyFrom(zeros)).build());
                  return new WarmUp(r.model(), r.signature(), r.inputs(), outputs);
                }));
    faults.put(
        "golden answers that are cut off: golden.json: it is no JSON",
        model -> truncate(model, "assets.extra/golden.json", 2000));
    faults.put(
        "a graph that is cut off: saved_model.pb is damaged",
        model -> truncate(model, "saved_model.pb", 1000));
    faults.put(
        "the same version twice: 1 and 01 are the same version",
        model -> Files.createDirectory(model.resolveSibling("01")));
    faults.put(
        "no warm-up request for a signature: there is no warm-up request for [decide]",
        model -> {
          var records = new ByteArrayOutputStream();
          for (var record : WarmUpFile.read(model.resolve(WARM_UP))) {
            if (!record.signature().equals("decide")) {
              TfRecords.write(records, record.encode());
            }
          }
          Files.write(model.resolve(WARM_UP), records.toByteArray());
        });
    faults.put(
        "a warm-up image that is larger than its bytes: more or fewer values than its shape",
        model ->
            warmUp(
                model,
                r -> {
                  var inputs = new TreeMap<>(r.inputs());
                  inputs.replaceAll(
                      (name, tensor) ->
                          tensor.toBuilder().clearTensorContent().clearStringVal().build());
                  return new WarmUp(r.model(), r.signature(), inputs, r.outputs());
                }));
    faults.put(
        "a folder for a file: tf_serving_warmup_requests is no folder of an export",
        model -> {
          Files.delete(model.resolve(WARM_UP));
          Files.createDirectory(model.resolve(WARM_UP));
        });
    faults.put(
        "a folder more: assets.extra/more is no folder of an export",
        model -> Files.createDirectory(model.resolve("assets.extra/more")));
    faults.put(
        "variables elsewhere: variables is a symbolic link",
        model -> {
          Files.move(model.resolve("variables"), model.resolveSibling("elsewhere"));
          Files.createSymbolicLink(model.resolve("variables"), model.resolveSibling("elsewhere"));
        });
    faults.put(
        "a blessing of another model: blessing.json is of other files",
        model ->
            Files.writeString(
                model.resolve(ModelContract.BLESSING_FILE), "{\"digests_sha256\": \"0\"}"));
    faults.put(
        "a gallery that nothing answers: there is a gallery, but no signature identify",
        model -> Files.createDirectory(model.resolve(StoredGallery.FOLDER)));
    faults.put(
        "a program in the gallery: assets.extra/gallery/run.sh is no file of an export",
        model -> {
          Files.createDirectory(model.resolve(StoredGallery.FOLDER));
          Files.writeString(model.resolve(StoredGallery.FOLDER + "/run.sh"), "true");
        });
    faults.put(
        "golden answers of a hundred thousand brackets: golden.json: it is no JSON",
        model ->
            Files.writeString(
                model.resolve("assets.extra/golden.json"), "{\"a\":" + "[".repeat(100_000)));
    faults.put(
        "a link out of the model: is a symbolic link",
        model -> Files.createSymbolicLink(model.resolve("assets/link"), Path.of("/etc/passwd")));
  }

  @Test
  void anythingThatIsNotOfTheExportIsNamed() throws IOException {
    Files.writeString(model.resolve("assets.extra/patients.csv"), "name\n");
    Files.writeString(model.resolve(LABELS), "x\n");
    assertThat(problems()).contains("assets.extra/patients.csv is no file of the export");
    assertThat(problems()).contains("assets/labels.txt is not as it was exported");
  }

  @Test
  void allIsSaidAtOnce() throws IOException {
    writing(model);
    weight(model, Float.NaN);
    Files.delete(model.resolve(WARM_UP));
    assertThat(problems())
        .contains("WriteFile", "is not finite", "tf_serving_warmup_requests is missing")
        .contains("it is not loaded");
    assertThat(trace).doesNotExist();
  }

  @Test
  void aSignatureByAKeyIsRequiredIfOneIsGiven() throws IOException, GeneralSecurityException {
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    var gate = new ModelGate(Optional.of(pair.getPublic()), PlainSession.CONFIG);
    assertThat(gate.check(model)).anyMatch(finding -> finding.what().contains("cannot be read"));
    var signer = Signature.getInstance("Ed25519");
    signer.initSign(pair.getPrivate());
    signer.update(Files.readAllBytes(model.resolve(ModelContract.DIGESTS_FILE)));
    Files.writeString(
        model.resolve(ModelContract.SIGNATURE_FILE),
        Base64.getEncoder().encodeToString(signer.sign()));
    assertThat(gate.check(model)).allMatch(Finding::ok);

    Files.writeString(model.resolve(LABELS), "x\n");
    FileDigests.of(model).write(model);
    assertThat(gate.check(model))
        .anyMatch(finding -> finding.what().contains("is not of this key"));
  }

  @Test
  void aModelThatHasPassedIsBlessed() throws IOException {
    var findings = check(model);
    var blessing =
        JsonText.object(Files.readString(Blessing.write(model, findings, Instant.EPOCH)));
    assertThat(blessing)
        .containsEntry("time", "1970-01-01T00:00:00Z")
        .containsEntry("digests_sha256", Sha256.ofFile(model.resolve(ModelContract.DIGESTS_FILE)))
        .containsEntry("checks", findings.stream().map(Finding::what).toList());
    assertThat(check(model)).allMatch(Finding::ok);
    var bad = List.of(new Finding(false, "bad"));
    assertThatThrownBy(() -> Blessing.write(model, bad, Instant.EPOCH))
        .isInstanceOf(ModelException.class);
  }

  private String problems() {
    return String.join("\n", ModelFault.found(model));
  }

  private static List<Finding> check(Path model) {
    return new ModelGate(PlainSession.CONFIG).check(model);
  }

  static NodeDef node(String name, String op) {
    return NodeDef.newBuilder().setName(name).setOp(op).build();
  }

  /** The label of the first signature is written to a file first. */
  private static void writing(Path model) throws IOException {
    graph(
        model,
        meta -> {
          var graph = meta.getGraphDefBuilder();
          graph.addNode(text("planted/path", trace.toString()));
          graph.addNode(text("planted/text", "was here"));
          graph.addNode(
              node("planted/write", "WriteFile").toBuilder()
                  .addInput("planted/path")
                  .addInput("planted/text"));
          nodeOf(meta, ModelContract.DECISION_SCORE).addInput("^planted/write");
        });
  }

  private static NodeDef text(String name, String text) {
    var value =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addStringVal(ByteString.copyFromUtf8(text));
    return node(name, "Const").toBuilder()
        .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_STRING).build())
        .putAttr("value", AttrValue.newBuilder().setTensor(value).build())
        .build();
  }

  static NodeDef.Builder nodeOf(MetaGraphDef.Builder meta, String name) {
    return meta.getGraphDefBuilder().getNodeBuilderList().stream()
        .filter(node -> node.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static void graph(Path model, Consumer<MetaGraphDef.Builder> change) throws IOException {
    var file = model.resolve(ModelContract.GRAPH_FILE);
    var proto = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    change.accept(proto.getMetaGraphsBuilder(0));
    Files.write(file, proto.build().toByteArray());
  }

  static void nodes(Path model, Consumer<NodeDef.Builder> change) throws IOException {
    graph(model, meta -> meta.getGraphDefBuilder().getNodeBuilderList().forEach(change));
  }

  private static void replaced(Path model, String op, String by) throws IOException {
    nodes(
        model,
        node -> {
          if (node.getOp().equals(op)) {
            node.setOp(by);
          }
        });
  }

  private static void function(Path model, Consumer<FunctionDef.Builder> change)
      throws IOException {
    graph(
        model,
        meta -> change.accept(meta.getGraphDefBuilder().getLibraryBuilder().getFunctionBuilder(0)));
  }

  private static void signature(Path model, Consumer<SignatureDef.Builder> change)
      throws IOException {
    signature(model, "serving_default", change);
  }

  private static void signature(Path model, String name, Consumer<SignatureDef.Builder> change)
      throws IOException {
    graph(
        model,
        meta -> {
          var changed = meta.getSignatureDefOrThrow(name).toBuilder();
          change.accept(changed);
          meta.putSignatureDef(name, changed.build());
        });
  }

  /** Sets the constants that scores are compared with; MIN_VALUE stands for one unit more. */
  private static void limits(Path model, float value) throws IOException {
    graph(
        model,
        meta -> {
          var compared = new ArrayList<String>();
          meta.getGraphDefBuilder().getNodeList().stream()
              .filter(node -> node.getOp().equals("LessEqual"))
              .forEach(node -> compared.addAll(node.getInputList()));
          meta.getGraphDefBuilder().getNodeBuilderList().stream()
              .filter(node -> node.getName().endsWith("/limit"))
              .filter(node -> node.getOp().equals("Const") && compared.contains(node.getName()))
              .forEach(node -> limit(node, value));
        });
  }

  static void limit(NodeDef.Builder node, float value) {
    var tensor = node.getAttrOrThrow("value").getTensor();
    var old =
        tensor.getFloatValCount() > 0
            ? tensor.getFloatVal(0)
            : tensor
                .getTensorContent()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .getFloat();
    var changed =
        tensor.toBuilder()
            .clearTensorContent()
            .clearFloatVal()
            .addFloatVal(value == Float.MIN_VALUE ? Math.nextUp(old) : value);
    node.putAttr("value", AttrValue.newBuilder().setTensor(changed).build());
  }

  static void truncate(Path model, String name, int bytes) throws IOException {
    var file = model.resolve(name);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));
  }

  private static void flip(Path model, String name, int at) throws IOException {
    var bytes = Files.readAllBytes(model.resolve(name));
    bytes[at] ^= 0x40;
    Files.write(model.resolve(name), bytes);
  }

  /** The first weight of the file, with the right checksums. */
  private static void weight(Path model, float value) throws IOException {
    var file = model.resolve(DATA);
    var bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, value);
    Files.write(file, bytes);
    var index = model.resolve("variables/variables.index");
    var entries = TensorBundle.read(model.resolve("variables/variables")).entries();
    var first =
        entries.values().stream().filter(entry -> entry.getOffset() == 0).findFirst().orElseThrow();
    var renewed = TfRecords.maskedCrc(Arrays.copyOf(bytes, (int) first.getSize()));
    Files.write(index, Recrc.of(Files.readAllBytes(index), first.getCrc32C(), renewed));
  }

  static void described(Path model, String from, String to) throws IOException {
    var file = model.resolve(DESCRIPTION);
    var old = Files.readString(file);
    var changed = old.replaceAll(from, to);
    Files.writeString(file, changed);
    nodes(
        model,
        node -> {
          var tensor = node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
          if (tensor.getStringValCount() == 1
              && tensor.getStringVal(0).toStringUtf8().equals(old)) {
            node.putAttr(
                "value",
                AttrValue.newBuilder()
                    .setTensor(tensor.toBuilder().setStringVal(0, ByteString.copyFromUtf8(changed)))
                    .build());
          }
        });
  }

  static void warmUp(Path model, UnaryOperator<WarmUp> change) throws IOException {
    var records = new ByteArrayOutputStream();
    for (var record : WarmUpFile.read(model.resolve(WARM_UP))) {
      try {
        TfRecords.write(records, change.apply(record).encode());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Files.write(model.resolve(WARM_UP), records.toByteArray());
  }
}
