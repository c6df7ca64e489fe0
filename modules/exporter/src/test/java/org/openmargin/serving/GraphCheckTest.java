package org.openmargin.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.exporter.Description;
import org.openmargin.exporter.SavedModelProto;
import org.openmargin.exporter.ServingGraph;
import org.openmargin.exporter.TrainedNetwork;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

class GraphCheckTest {
  @TempDir static Path directory;
  private static MetaGraphDef good;

  @BeforeAll
  static void build() throws IOException {
    var network = TrainedNetwork.omcl(directory);
    var request = network.request(directory, "energy");
    try (var graph = new Graph()) {
      var serving = ServingGraph.build(Ops.create(graph), request, Description.of(request, 1));
      good = SavedModelProto.of(graph.toGraphDef(), serving).getMetaGraphs(0);
    }
  }

  @Test
  void aServingGraphPasses() {
    assertThat(new GraphCheck(good).check()).hasSize(16).allMatch(Finding::ok);
  }

  @Test
  void everyOutputOfTheImageSignaturesKnowsItsColumns() {
    var outputs = good.getSignatureDefOrThrow(ModelContract.SERVING_DEFAULT.name()).getOutputsMap();

    assertThat(outputs.get("embedding").getTensorShape().getDim(1).getSize()).isEqualTo(32);
    assertThat(outputs.get("logits").getTensorShape().getDim(1).getSize()).isEqualTo(5);
    assertThat(outputs.get("probabilities").getTensorShape().getDim(1).getSize()).isEqualTo(4);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("there is no signature describe", meta -> meta.removeSignatureDef("describe")),
        mistake(
            "signature serving_bytes: its method name is ''",
            meta -> change(meta, "serving_bytes", SignatureDef.Builder::clearMethodName)),
        mistake(
            "signature serving_default: output is_unknown is missing",
            meta -> change(meta, "serving_default", s -> s.removeOutputs("is_unknown"))),
        mistake(
            "signature serving_default: output more is not in the contract",
            meta -> change(meta, "serving_default", s -> s.putOutputs("more", label()))),
        mistake(
            "output logits is DT_STRING, not DT_FLOAT",
            meta -> change(meta, "serving_default", s -> s.putOutputs("logits", label()))),
        mistake(
            "label lacks the batch as dimension 0",
            meta ->
                change(
                    meta,
                    "serving_default",
                    s -> s.putOutputs("label", label().toBuilder().clearTensorShape().build()))),
        mistake("[ResourceApplyAdam]", meta -> add(meta, node("ResourceApplyAdam"))),
        mistake("[Conv2DBackpropFilter]", meta -> add(meta, node("Conv2DBackpropFilter"))),
        mistake("[StatelessRandomUniformV2]", meta -> add(meta, node("StatelessRandomUniformV2"))),
        mistake(
            "constants that are not finite: [added]",
            meta -> add(meta, constant(TensorProto.newBuilder().addFloatVal(Float.NaN)))),
        mistake(
            "variables in the graph, 0 in the collection",
            meta -> meta.removeCollectionDef("variables")),
        mistake("the graph's tags are []", meta -> meta.getMetaInfoDefBuilder().clearTags()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeIsOneFinding(String message, Consumer<MetaGraphDef.Builder> mistake) {
    var bad = good.toBuilder();
    mistake.accept(bad);

    var findings = new GraphCheck(bad.build()).check();

    assertThat(findings)
        .filteredOn(finding -> !finding.ok())
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).contains(message));
  }

  private static Arguments mistake(String message, Consumer<MetaGraphDef.Builder> mistake) {
    return Arguments.of(message, mistake);
  }

  private static void change(
      MetaGraphDef.Builder meta, String signature, Consumer<SignatureDef.Builder> change) {
    var builder = meta.getSignatureDefOrThrow(signature).toBuilder();
    change.accept(builder);
    meta.putSignatureDef(signature, builder.build());
  }

  private static TensorInfo label() {
    return good.getSignatureDefOrThrow("serving_default").getOutputsOrThrow("label");
  }

  private static void add(MetaGraphDef.Builder meta, NodeDef.Builder node) {
    meta.getGraphDefBuilder().addNode(node);
  }

  private static NodeDef.Builder node(String op) {
    return NodeDef.newBuilder().setName("added").setOp(op);
  }

  private static NodeDef.Builder constant(TensorProto.Builder value) {
    value.setDtype(DataType.DT_FLOAT);
    return node("Const").putAttr("value", AttrValue.newBuilder().setTensor(value).build());
  }
}
