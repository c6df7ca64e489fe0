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
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
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
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Models that are broken on purpose: each must be refused, and nothing of it may run. */
class ModelGateTest {
  private static final String LABELS = "assets/labels.txt";
  private static final String DATA = "variables/variables.data-00000-of-00001";
  private static final String WARM_UP = "assets.extra/tf_serving_warmup_requests";
  private static final String DESCRIPTION = "assets.extra/open_set.json";

  @TempDir static Path directory;
  private static Path exported;
  private static Path trace;

  @TempDir Path copies;
  private Path model;

  /** Changes a copy; the digests are renewed afterwards. */
  private interface Recipe {
    void apply(Path model) throws IOException;
  }

  @BeforeAll
  static void export() throws IOException {
    var network = TrainedNetwork.omcl(directory.resolve("run"));
    exported = Exporter.export(network.request(directory, "max_logit")).directory();
    trace = directory.resolve("trace");
  }

  @BeforeEach
  void copy() throws IOException {
    model = copies.resolve("1");
    try (var files = Files.walk(exported)) {
      for (var file : files.toList()) {
        Files.copy(file, model.resolve(exported.relativize(file).toString()));
      }
    }
  }

  @Test
  void aFreshExportPasses() {
    assertThat(new ModelGate(ConfigProto.getDefaultInstance()).check(model))
        .allMatch(Finding::ok)
        .hasSizeGreaterThan(30);
  }

  private static Map<String, Recipe> recipes() {
    var recipes = new LinkedHashMap<String, Recipe>();
    weights(recipes);
    planted(recipes);
    decisions(recipes);
    signatures(recipes);
    files(recipes);
    return recipes;
  }

  static Stream<String> names() {
    return recipes().keySet().stream();
  }

  /** Whoever breaks a model can renew its digests. */
  @ParameterizedTest
  @MethodSource("names")
  void aBrokenModelIsRefused(String name) throws IOException {
    recipes().get(name).apply(model);
    FileDigests.of(model).write(model);

    var bad = check(model).stream().filter(finding -> !finding.ok()).toList();

    assertThat(bad).as(name).isNotEmpty();
    assertThat(bad)
        .extracting(Finding::what)
        .anyMatch(what -> what.contains(name.substring(name.indexOf(": ") + 2)));
    assertThat(trace).doesNotExist();
  }

  /** The part of a name behind the colon is what the finding says. */
  private static void weights(Map<String, Recipe> recipes) {
    recipes.put("a flipped bit of a weight: has a wrong checksum", model -> flip(model, DATA, 101));
    recipes.put("a weight that is NaN: is not finite", model -> weight(model, Float.NaN));
    recipes.put(
        "an infinite weight: is not finite", model -> weight(model, Float.NEGATIVE_INFINITY));
    recipes.put("weights that are cut off: is cut off", model -> truncate(model, DATA, 5000));
    recipes.put(
        "an index that is cut off: variables.index is damaged",
        model -> truncate(model, "variables/variables.index", 100));
    recipes.put(
        "a flipped bit of the index: variables.index is damaged",
        model -> flip(model, "variables/variables.index", 40));
    recipes.put(
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

  private static void planted(Map<String, Recipe> recipes) {
    for (var op : List.of("WriteFile", "ReadFile", "PyFunc", "Print", "MatchingFiles", "Assert")) {
      recipes.put(
          "an operation %s that nothing needs: of the kind %s".formatted(op, op),
          model -> graph(model, meta -> meta.getGraphDefBuilder().addNode(node("planted", op))));
    }
    recipes.put("WriteFile before an answer: of the kind WriteFile", ModelGateTest::writing);
    recipes.put(
        "Print in a function: of the kind PrintV2",
        model -> function(model, f -> f.addNodeDef(node("planted", "PrintV2"))));
    recipes.put(
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
    recipes.put(
        "an allowed operation that nothing needs: no signature needs planted",
        model -> graph(model, meta -> meta.getGraphDefBuilder().addNode(node("planted", "NoOp"))));
    recipes.put(
        "an answer that saves the variables: an answer depends on",
        model ->
            graph(
                model,
                meta -> {
                  var save = meta.getSaverDef().getSaveTensorName().replaceFirst(":.*", "");
                  nodeOf(meta, ModelContract.DECISION_SCORE).addInput("^" + save);
                }));
    recipes.put(
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
    recipes.put(
        "an operation that runs at loading: collection saved_model_main_op",
        model ->
            graph(
                model,
                meta ->
                    meta.putCollectionDef(
                        "saved_model_main_op", CollectionDef.getDefaultInstance())));
    recipes.put(
        "an asset outside of the model: asset ../../passwords is none",
        model ->
            graph(
                model,
                meta ->
                    meta.addAssetFileDef(
                        AssetFileDef.newBuilder().setFilename("../../passwords"))));
  }

  private static void decisions(Map<String, Recipe> recipes) {
    recipes.put(
        "a threshold that is NaN: constants that are not finite",
        model -> limits(model, Float.NaN));
    recipes.put("another threshold: differs from the recorded one", model -> limits(model, 1e9f));
    recipes.put(
        "a threshold that is one unit off: but is_unknown is",
        model -> limits(model, Float.MIN_VALUE));
    recipes.put(
        "an inverted comparison: but is_unknown is",
        model -> replaced(model, "LessEqual", "GreaterEqual"));
    recipes.put(
        "a strict comparison: but is_unknown is", model -> replaced(model, "LessEqual", "Less"));
    recipes.put(
        "a comparison that accepts a threshold of NaN: threshold NaN, but is_unknown is false",
        ModelGateTest::acceptingNan);
    recipes.put(
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

  private static List<String> named(MetaGraphDef.Builder meta, Predicate<NodeDef> predicate) {
    return meta.getGraphDefBuilder().getNodeList().stream()
        .filter(predicate)
        .map(NodeDef::getName)
        .toList();
  }

  private static void signatures(Map<String, Recipe> recipes) {
    recipes.put(
        "a signature that is missing: there is no signature serving_threshold",
        model -> graph(model, meta -> meta.removeSignatureDef("serving_threshold")));
    recipes.put(
        "a signature more: signature backdoor is not in the contract",
        model ->
            graph(
                model,
                meta ->
                    meta.putSignatureDef(
                        "backdoor", meta.getSignatureDefOrThrow("serving_default"))));
    recipes.put(
        "an output of another name: output is_unknown is missing",
        model ->
            signature(
                model,
                s ->
                    s.putOutputs("unknown", s.getOutputsOrThrow("is_unknown"))
                        .removeOutputs("is_unknown")));
    recipes.put(
        "no method name: its method name is ''",
        model -> signature(model, s -> s.setMethodName("")));
    recipes.put(
        "a fixed batch: lacks the batch",
        model ->
            signature(
                model,
                s -> {
                  var images = s.getInputsOrThrow("images").toBuilder();
                  images.getTensorShapeBuilder().getDimBuilder(0).setSize(8);
                  s.putInputs("images", images.build());
                }));
    recipes.put(
        "another declared width: embedding has the shape",
        model ->
            signature(
                model,
                s -> {
                  var embedding = s.getOutputsOrThrow("embedding").toBuilder();
                  embedding.getTensorShapeBuilder().getDimBuilder(1).setSize(7);
                  s.putOutputs("embedding", embedding.build());
                }));
    recipes.put(
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
    recipes.put(
        "logits for an embedding: has the shape",
        model -> signature(model, s -> swapped(s, "embedding", "logits")));
    recipes.put(
        "the decision for the best class: no signature needs",
        model ->
            signature(model, s -> s.putOutputs("best_known_label", s.getOutputsOrThrow("label"))));
  }

  private static SignatureDef.Builder swapped(SignatureDef.Builder s, String a, String b) {
    var first = s.getOutputsOrThrow(a);
    var second = s.getOutputsOrThrow(b);
    return s.putOutputs(a, first.toBuilder().setName(second.getName()).build())
        .putOutputs(b, second.toBuilder().setName(first.getName()).build());
  }

  private static void files(Map<String, Recipe> recipes) {
    recipes.put(
        "labels in another order: labels.txt does not list",
        model ->
            Files.writeString(
                model.resolve(LABELS), "platelet\nmonocyte\neosinophil\nerythroblast\n"));
    recipes.put(
        "a class renamed in the description: open_set.json is not what",
        model -> {
          var file = model.resolve(DESCRIPTION);
          Files.writeString(file, Files.readString(file).replace("platelet", "plate"));
        });
    recipes.put(
        "another threshold in the description and the graph's text: open_set.json says threshold",
        model -> described(model, "\"threshold\": [-0-9.E]+", "\"threshold\": 5.0"));
    recipes.put(
        "another alpha in the description and the graph's text: open_set.json says alpha",
        model -> described(model, "\"alpha\": 0.3", "\"alpha\": 0.4"));
    recipes.put(
        "a class renamed in the description and the graph's text: open_set.json says classes",
        model -> described(model, "platelet", "plate"));
    recipes.put(
        "another golden answer: its images have other unknown scores",
        model -> {
          var file = model.resolve("assets.extra/golden.json");
          var score = "(\"unknown_score\":\\s*\\[)[-0-9.E]+";
          Files.writeString(file, Files.readString(file).replaceFirst(score, "$17.5"));
        });
    recipes.put(
        "a file with its digest: assets.extra/patients.csv is no file of an export",
        model -> Files.writeString(model.resolve("assets.extra/patients.csv"), "name\n"));
    recipes.put(
        "no warm-up file: tf_serving_warmup_requests is missing",
        model -> Files.delete(model.resolve(WARM_UP)));
    recipes.put(
        "a warm-up file of anything: is damaged or cut off",
        model -> Files.writeString(model.resolve(WARM_UP), "anything, but no records of a log"));
    recipes.put(
        "1001 warm-up requests: has 1001 requests",
        model -> {
          var record = WarmUpFile.read(model.resolve(WARM_UP)).get(0).encode();
          var records = new ByteArrayOutputStream();
          for (var i = 0; i < 1001; i++) {
            TfRecords.write(records, record);
          }
          Files.write(model.resolve(WARM_UP), records.toByteArray());
        });
    recipes.put(
        "a warm-up request for another signature: is for the signature 'none'",
        model -> warmUp(model, r -> new WarmUp(r.model(), "none", r.inputs(), r.outputs())));
    recipes.put(
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
    recipes.put(
        "golden answers that are cut off: golden.json: it is no JSON",
        model -> truncate(model, "assets.extra/golden.json", 2000));
    recipes.put(
        "a graph that is cut off: saved_model.pb is damaged",
        model -> truncate(model, "saved_model.pb", 1000));
    recipes.put(
        "the same version twice: 1 and 01 are the same version",
        model -> Files.createDirectory(model.resolveSibling("01")));
    recipes.put(
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
    return String.join(
        "\n", check(model).stream().filter(f -> !f.ok()).map(Finding::what).toList());
  }

  private static List<Finding> check(Path model) {
    return new ModelGate(PlainSession.CONFIG).check(model);
  }

  private static NodeDef node(String name, String op) {
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

  private static NodeDef.Builder nodeOf(MetaGraphDef.Builder meta, String name) {
    return meta.getGraphDefBuilder().getNodeBuilderList().stream()
        .filter(node -> node.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void graph(Path model, Consumer<MetaGraphDef.Builder> change) throws IOException {
    var file = model.resolve(ModelContract.GRAPH_FILE);
    var proto = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    change.accept(proto.getMetaGraphsBuilder(0));
    Files.write(file, proto.build().toByteArray());
  }

  private static void nodes(Path model, Consumer<NodeDef.Builder> change) throws IOException {
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
    graph(
        model,
        meta -> {
          var changed = meta.getSignatureDefOrThrow("serving_default").toBuilder();
          change.accept(changed);
          meta.putSignatureDef("serving_default", changed.build());
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
              .filter(node -> node.getOp().equals("Const") && compared.contains(node.getName()))
              .forEach(node -> limit(node, value));
        });
  }

  private static void limit(NodeDef.Builder node, float value) {
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

  private static void truncate(Path model, String name, int bytes) throws IOException {
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

  private static void described(Path model, String from, String to) throws IOException {
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

  private static void warmUp(Path model, UnaryOperator<WarmUp> change) throws IOException {
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
