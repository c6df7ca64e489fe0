package org.openmargin.serving.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmargin.serving.gate.ModelGateTest.described;
import static org.openmargin.serving.gate.ModelGateTest.graph;
import static org.openmargin.serving.gate.ModelGateTest.node;
import static org.openmargin.serving.gate.ModelGateTest.nodeOf;
import static org.openmargin.serving.gate.ModelGateTest.nodes;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.exporter.ExportRequest.Decision;
import org.openmargin.exporter.Exporter;
import org.openmargin.exporter.ModelCopy;
import org.openmargin.exporter.PlainSession;
import org.openmargin.exporter.TrainedNetwork;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.scoring.calibration.ConformalCalibration;
import org.openmargin.scoring.evaluation.Guard;
import org.openmargin.serving.FileDigests;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.WarmUp;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.VariableDef;

/** A model with a guard, broken on purpose where no stored request shows it. */
class ModelGateGuardTest {
  @TempDir static Path directory;
  private static Path exported;

  @TempDir Path copies;
  private Path model;

  @BeforeAll
  static void export() throws IOException {
    var network = TrainedNetwork.omcl(directory.resolve("run"));
    var plain = network.decision("max_logit");
    var scorer = network.decision("mahalanobis").scorer();
    var limit = ConformalCalibration.threshold(scorer.unknownScores(network.predictions()), 0.3);
    var guard = Optional.of(new Guard(scorer, limit));
    var decision = new Decision(plain.head(), plain.scorer(), plain.rule(), guard);
    exported = Exporter.export(network.request(directory, decision)).directory();
  }

  @BeforeEach
  void copy() throws IOException {
    model = ModelCopy.of(exported, copies.resolve("1"));
  }

  @Test
  void itPassesAsItIsWritten() {
    assertThat(check()).allMatch(Finding::ok);
    assertThat(check())
        .extracting(Finding::what)
        .contains(
            "the guard decides by its threshold, to the last bit",
            "images of other sizes are cropped and resized as said");
  }

  /** Images of the network's size, which all stored requests have, are answered as before. */
  @Test
  void whatIsDoneToOtherImagesIsSeen() throws IOException {
    everywhere(
        model,
        node -> {
          if (node.getOp().equals("ScaleAndTranslate")) {
            node.putAttr("antialias", AttrValue.newBuilder().setB(false).build());
          }
        });
    everywhere(model, ModelGateGuardTest::morePixels);
    described(model, "16 bits: upper byte", "16 bits: 0 to 4095");
    renew();

    assertThat(problems())
        .contains("an image of 61 x 40 pixels is not cropped and resized as open_set.json says")
        .contains("a PNG file of too many pixels has the reason truncated, not too_large")
        .contains("a JPEG file of too many pixels has the reason truncated, not too_large")
        .contains("a PNG file of 16 bits has other logits than its pixels");
  }

  private static void morePixels(NodeDef.Builder node) {
    var tensor = node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
    if (tensor.getInt64ValCount() == 1 && tensor.getInt64Val(0) == ImageFileException.MAX_PIXELS) {
      set(node, tensor.toBuilder().setInt64Val(0, ImageFileException.MAX_PIXELS + 100_000));
    }
  }

  @Test
  void aFilterACropAndANormalisationOfAnotherModelAreSeen() throws IOException {
    everywhere(
        model,
        node -> {
          if (node.getOp().equals("ScaleAndTranslate")) {
            var other = ByteString.copyFromUtf8("keyscubic");
            node.putAttr("kernel_type", AttrValue.newBuilder().setS(other).build());
          }
        });
    described(
        model,
        "\"crop\": \"largest centred square",
        "\"crop\": \"centred square of side min(9, height, width)");
    exchanged(model, "truncated", "not_an_image");
    renew();

    assertThat(problems())
        .contains("an image of 5 x 7 pixels is not cropped and resized as open_set.json says")
        .contains("an image of 150 x 149 pixels is not cropped")
        .contains("half a PNG file has the reason not_an_image, not truncated");
  }

  /** Of words in functions. */
  private static void exchanged(Path model, String one, String other) throws IOException {
    everywhere(
        model,
        node -> {
          var tensor = node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
          var word = tensor.getStringValCount() == 1 ? tensor.getStringVal(0).toStringUtf8() : "";
          if (word.equals(one) || word.equals(other)) {
            var changed = ByteString.copyFromUtf8(word.equals(one) ? other : one);
            set(node, tensor.toBuilder().setStringVal(0, changed));
          }
        });
  }

  @Test
  void aGuardThatIsOneUnitOffAndLogitsThatAreNotLookedAtAreSeen() throws IOException {
    graph(
        model,
        meta -> {
          for (var node : meta.getGraphDefBuilder().getNodeList()) {
            var guards =
                node.getInputList().contains(ModelContract.GUARD_SCORE)
                    || node.getInputList().contains(ModelContract.PIXEL_GUARD_SCORE);
            if (node.getOp().equals("LessEqual") && guards) {
              ModelGateTest.limit(nodeOf(meta, node.getInput(1)), Float.MIN_VALUE);
            }
          }
          var joined = List.of("decision/probabilities", "pixel_decision/probabilities");
          for (var node : meta.getGraphDefBuilder().getNodeBuilderList()) {
            if (node.getOp().equals("ConcatV2") && joined.contains(node.getInput(0))) {
              node.setInput(0, node.getInput(2)).setInput(1, node.getInput(2));
            }
          }
        });
    renew();

    assertThat(problems())
        .contains("signature serving_default: the guard's score ")
        .contains("signature serving_pixels: the guard's score ")
        .contains("signature serving_bytes accepts logits that are not finite")
        .contains("signature serving_pixels accepts logits that are not finite")
        .contains("signature decide accepts logits that are not finite");
  }

  @Test
  void aGuardIsInTheDescriptionAndInTheGraph() throws IOException {
    described(model, "\"guard\": \\{[^}]*\\}", "\"guard\": {}");
    described(model, "\"height_px\": 20", "\"height_px\": 21");
    renew();

    assertThat(problems())
        .contains("there is a guard in open_set.json or in the graph, not in both")
        .contains("open_set.json says that the network's images are 21 x 20 pixels of 3 channels");
  }

  private static Map<String, ModelFault> faults() {
    var faults = new LinkedHashMap<String, ModelFault>();
    faults.put(
        "requests for another model: has requests for another model than blood",
        model ->
            ModelGateTest.warmUp(
                model, r -> new WarmUp("liver", r.signature(), r.inputs(), r.outputs())));
    faults.put(
        "a tensor of a terabyte: planted/fill fills the memory: [1048576, 262144]",
        model ->
            graph(
                model,
                meta -> {
                  var graph = meta.getGraphDefBuilder();
                  var sizes = TensorProto.newBuilder().addIntVal(1 << 20).addIntVal(1 << 18);
                  sizes.setTensorShape(vector(2));
                  graph.addNode(constant("planted/sizes", DataType.DT_INT32, sizes));
                  graph.addNode(
                      constant(
                          "planted/one",
                          DataType.DT_FLOAT,
                          TensorProto.newBuilder().addFloatVal(1)));
                  graph.addNode(
                      node("planted/fill", "Fill").toBuilder()
                          .addInput("planted/sizes")
                          .addInput("planted/one")
                          .putAttr("T", AttrValue.newBuilder().setType(DataType.DT_FLOAT).build()));
                  nodeOf(meta, ModelContract.DECISION_SCORE).addInput("^planted/fill");
                }));
    faults.put(
        "a graph of a later TensorFlow: the graph is none",
        model ->
            graph(
                model,
                meta -> meta.getGraphDefBuilder().getVersionsBuilder().setMinConsumer(99_999)));
    faults.put(
        "two graphs: holds 2 graphs, not one",
        model -> {
          var file = model.resolve(ModelContract.GRAPH_FILE);
          var proto = SavedModel.parseFrom(Files.readAllBytes(file));
          var more = proto.toBuilder().addMetaGraphs(proto.getMetaGraphs(0));
          Files.write(file, more.build().toByteArray());
        });
    faults.put(
        "a list of other variables: collection variables has another variable",
        model -> graph(model, ModelGateGuardTest::otherVariables));
    faults.put(
        "an asset for a constant: the asset labels.txt is read by",
        model ->
            graph(
                model,
                meta ->
                    meta.getAssetFileDefBuilder(0)
                        .setTensorInfo(TensorInfo.newBuilder().setName("describe_alpha:0"))));
    faults.put(
        "the provenance of another model: it has another experiment digest",
        model ->
            Files.writeString(
                model.resolve(ModelContract.PROVENANCE_FILE), "{\"configSha256\": \"05ea\"}"));
    faults.put(
        "the figures of another model: it has the scorer energy, open_set.json max_logit",
        model ->
            Files.writeString(
                model.resolve(ModelContract.EVALUATION_FILE), "{\"selectedScorer\": \"energy\"}"));
    faults.put(
        "a function on another machine: runs on /job:worker",
        model ->
            graph(
                model,
                meta ->
                    meta.getGraphDefBuilder()
                        .getLibraryBuilder()
                        .getFunctionBuilder(0)
                        .getNodeDefBuilder(0)
                        .setDevice("/job:worker/task:0")));
    return faults;
  }

  /** Each variable is set by the operation of the next. */
  private static void otherVariables(MetaGraphDef.Builder meta) {
    try {
      var old = meta.getCollectionDefOrThrow("variables").getBytesList().getValueList();
      var all = new ArrayList<VariableDef>();
      for (var bytes : old) {
        all.add(VariableDef.parseFrom(bytes));
      }
      var bytes = CollectionDef.BytesList.newBuilder();
      for (var i = 0; i < all.size(); i++) {
        var next = all.get((i + 1) % all.size()).getInitializerName();
        bytes.addValue(all.get(i).toBuilder().setInitializerName(next).build().toByteString());
      }
      meta.putCollectionDef("variables", CollectionDef.newBuilder().setBytesList(bytes).build());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<String> kinds() {
    return faults().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aBrokenModelIsNotLoaded(String name) throws IOException {
    assertThat(faults().get(name).problems(model))
        .anyMatch(what -> what.contains(ModelFault.wanted(name)))
        .noneMatch(what -> what.contains("warm-up request 1 ("));
  }

  /** Nothing asks again whether a JPEG file's first scan is found. */
  @Test
  void aModelThatDoesNotAnswerIsAskedNothingMore() throws IOException {
    graph(
        model,
        meta ->
            meta.getGraphDefBuilder().getLibraryBuilder().getFunctionBuilderList().stream()
                .filter(function -> function.getSignature().getName().startsWith("more_"))
                .flatMap(function -> function.getNodeDefBuilderList().stream())
                .forEach(ModelGateGuardTest::endless));
    renew();
    var impatient = PlainSession.CONFIG.toBuilder().setOperationTimeoutInMs(2_000).build();

    assertThat(new ModelGate(impatient).check(model))
        .filteredOn(finding -> !finding.ok())
        .extracting(Finding::what)
        .last()
        .isEqualTo("it takes too long; it is asked nothing more");
  }

  private static void endless(NodeDef.Builder node) {
    switch (node.getOp()) {
      case "Equal" -> node.setOp("NotEqual");
      case "LogicalAnd" -> node.setOp("LogicalOr");
      default -> {}
    }
  }

  @Test
  void aFileIsListedOnce() throws IOException {
    var list = model.resolve(ModelContract.DIGESTS_FILE);
    var line = "%s  %s%n".formatted("0".repeat(64), ModelContract.LABELS);
    Files.writeString(list, line + Files.readString(list));
    assertThat(problems()).contains("lists assets/labels.txt twice");

    Files.writeString(list, "", StandardOpenOption.TRUNCATE_EXISTING);
    assertThat(problems()).contains("assets/labels.txt is no file of the export");
  }

  private void renew() throws IOException {
    FileDigests.of(model).write(model);
  }

  private List<Finding> check() {
    return new ModelGate(PlainSession.CONFIG).check(model);
  }

  private String problems() {
    return String.join("\n", ModelFault.found(model));
  }

  /** In the graph and in its functions. */
  private static void everywhere(Path model, Consumer<NodeDef.Builder> change) throws IOException {
    nodes(model, change);
    graph(
        model,
        meta ->
            meta.getGraphDefBuilder().getLibraryBuilder().getFunctionBuilderList().stream()
                .flatMap(function -> function.getNodeDefBuilderList().stream())
                .forEach(change));
  }

  private static void set(NodeDef.Builder node, TensorProto.Builder value) {
    node.putAttr("value", AttrValue.newBuilder().setTensor(value).build());
  }

  private static TensorShapeProto vector(int size) {
    return TensorShapeProto.newBuilder()
        .addDim(TensorShapeProto.Dim.newBuilder().setSize(size))
        .build();
  }

  private static NodeDef constant(String name, DataType type, TensorProto.Builder value) {
    return node(name, "Const").toBuilder()
        .putAttr("dtype", AttrValue.newBuilder().setType(type).build())
        .putAttr("value", AttrValue.newBuilder().setTensor(value.setDtype(type)).build())
        .build();
  }
}
