package org.openmargin.serving.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmargin.serving.gate.ModelGateTest.described;
import static org.openmargin.serving.gate.ModelGateTest.graph;
import static org.openmargin.serving.gate.ModelGateTest.nodes;
import static org.openmargin.serving.gate.ModelGateTest.truncate;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
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
import org.openmargin.exporter.TrainedNetwork;
import org.openmargin.exporter.gallery.GalleryExporter;
import org.openmargin.files.TfRecords;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.calibration.DecisionRule;
import org.openmargin.serving.FileDigests;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.gallery.Gallery;
import org.openmargin.serving.gallery.GalleryCalibration.Fixed;
import org.openmargin.serving.gallery.Identity;
import org.openmargin.serving.gallery.SimilarityRule;
import org.openmargin.serving.gallery.StoredGallery;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** A model with thresholds by class, a temperature and a gallery, broken on purpose. */
class ModelGateGalleryTest {
  private static final String GALLERY = StoredGallery.FOLDER + "/gallery.textproto";
  private static final String TEMPLATES = StoredGallery.FOLDER + "/templates.npy";
  private static final String DATA = "variables/variables.data-00000-of-00001";

  @TempDir static Path directory;
  private static Path exported;

  @TempDir Path copies;
  private Path model;

  @BeforeAll
  static void export() throws IOException {
    var network = TrainedNetwork.omcl(directory.resolve("run"));
    var plain = network.decision("max_logit");
    var thresholds =
        IntStream.range(0, 4)
            .mapToObj(
                c -> new AcceptanceThreshold(0.3, plain.threshold().threshold() + c, 9, 0.3, 0.2))
            .toList();
    var rule = new DecisionRule(plain.calibration(), 0.3, thresholds, 1.5);
    var decision = new Decision(plain.head(), plain.scorer(), rule, Optional.empty());
    var version = Exporter.export(network.request(directory, decision)).directory();
    var size = network.predictions().embeddings()[0].length;
    var identities =
        List.of(
            Identity.of("first", List.of(direction(size, 1, 0))),
            Identity.of("second", List.of(direction(size, 0, 1), direction(size, 0.1f, 1))));
    var gallery = Gallery.of(new SimilarityRule.NearestTemplates(1), new Fixed(0.9), identities);
    exported =
        new GalleryExporter(version.getParent())
            .change(none -> new StoredGallery(gallery, List.of()))
            .directory();
  }

  private static float[] direction(int size, float x, float y) {
    var embedding = new float[size];
    embedding[0] = x;
    embedding[1] = y;
    return embedding;
  }

  @BeforeEach
  void copy() throws IOException {
    model = ModelCopy.of(exported, copies.resolve("2"));
  }

  @Test
  void itPassesAsItIsWritten() {
    var findings = check();

    assertThat(findings).filteredOn(finding -> !finding.ok()).isEmpty();
    assertThat(findings)
        .extracting(Finding::what)
        .anyMatch(what -> what.startsWith("gallery: 2 identities"))
        .anyMatch(what -> what.startsWith("identify answers as the gallery, for 7 embeddings"))
        .contains("thresholds of 4 classes are as said");
  }

  /** Nothing of it is seen before the model runs. */
  @Test
  void whatTheGraphDecidesOtherwiseIsNamedAtOnce() throws IOException {
    table(model, ModelContract.DECISION, List.of(1, 0, 2, 3));
    table(model, ModelContract.PIXEL_DECISION, List.of(0, 1, 3, 2));
    described(model, "\"temperature\": 1.5", "\"temperature\": 1.0");
    nodes(model, ModelGateGalleryTest::names);
    FileDigests.of(model).write(model);

    assertThat(String.join("", ModelFault.found(model)))
        .contains("class 0 is decided by another threshold than said")
        .contains("class 2 is decided by another threshold than said")
        .contains("the probabilities are not those of the logits")
        .contains("identify: an embedding of first is answered by second");
  }

  private static Map<String, ModelFault> faults() {
    var faults = new LinkedHashMap<String, ModelFault>();
    faults.put(
        "a template changed: the variables hold other rows of the identity second",
        model -> {
          var bytes = Files.readAllBytes(model.resolve(TEMPLATES));
          var number = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
          var last = bytes.length - Float.BYTES;
          number.putFloat(last, -number.getFloat(last));
          Files.write(model.resolve(TEMPLATES), bytes);
        });
    faults.put(
        "a template that is longer: a template of second is not of length 1",
        model -> {
          var bytes = Files.readAllBytes(model.resolve(TEMPLATES));
          ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, 3);
          Files.write(model.resolve(TEMPLATES), bytes);
        });
    faults.put(
        "templates that are cut off: templates.npy is cut off",
        model -> truncate(model, TEMPLATES, 200));
    faults.put(
        "rows of the graph changed: the variables hold other rows of the identity",
        ModelGateGalleryTest::otherRows);
    faults.put(
        "another threshold in the files: open_set.json describes another gallery",
        model -> edited(model, text -> text.replace("threshold: 0.9", "threshold: 0.1")));
    faults.put(
        "no signature for the gallery: there is a gallery, but no signature identify",
        model -> graph(model, meta -> meta.removeSignatureDef("identify")));
    faults.put(
        "no gallery for the signature: there is a signature identify, but no gallery",
        model -> {
          for (var file : StoredGallery.FILES) {
            Files.deleteIfExists(model.resolve(StoredGallery.FOLDER).resolve(file));
          }
          Files.delete(model.resolve(StoredGallery.FOLDER));
        });
    return faults;
  }

  static Stream<String> kinds() {
    return faults().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aBrokenModelIsRefused(String name) throws IOException {
    assertThat(faults().get(name).problems(model))
        .anyMatch(what -> what.contains(ModelFault.wanted(name)));
  }

  private List<Finding> check() {
    return new ModelGate(ConfigProto.getDefaultInstance()).check(model);
  }

  private static void edited(Path model, UnaryOperator<String> change) throws IOException {
    var file = model.resolve(GALLERY);
    Files.writeString(file, change.apply(Files.readString(file)));
  }

  /** The thresholds of classes, in another order. */
  private static void table(Path model, String scope, List<Integer> order) throws IOException {
    nodes(
        model,
        node -> {
          var tensor = node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
          var dims = tensor.getTensorShape().getDimList();
          if (node.getName().startsWith(scope + "/")
              && tensor.getDtype() == DataType.DT_FLOAT
              && dims.size() == 1
              && dims.get(0).getSize() == order.size()) {
            var old = floats(tensor);
            var changed = tensor.toBuilder().clearTensorContent().clearFloatVal();
            order.forEach(c -> changed.addFloatVal(old.get(c)));
            node.putAttr("value", AttrValue.newBuilder().setTensor(changed).build());
          }
        });
  }

  private static List<Float> floats(TensorProto tensor) {
    if (tensor.getFloatValCount() > 0) {
      return tensor.getFloatValList();
    }
    var content =
        tensor
            .getTensorContent()
            .asReadOnlyByteBuffer()
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    var floats = new ArrayList<Float>();
    while (content.hasRemaining()) {
      floats.add(content.get());
    }
    return floats;
  }

  private static void names(NodeDef.Builder node) {
    var tensor = node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
    // Several strings: their lengths, then their bytes.
    if (tensor.getTensorContent().toStringUtf8().equals("\u0005\u0006firstsecond")) {
      var changed =
          tensor.toBuilder().setTensorContent(ByteString.copyFromUtf8("\u0006\u0005secondfirst"));
      node.putAttr("value", AttrValue.newBuilder().setTensor(changed).build());
    }
  }

  /** With the right checksums. */
  private static void otherRows(Path model) throws IOException {
    var prefix = model.resolve(ModelContract.VARIABLES);
    var entry = TensorBundle.read(prefix).entries().get(ModelContract.GALLERY_ROWS);
    var data = Files.readAllBytes(model.resolve(DATA));
    var from = (int) entry.getOffset();
    var numbers = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    numbers.putFloat(from, numbers.getFloat(from) + 0.25f);
    Files.write(model.resolve(DATA), data);
    var value = Arrays.copyOfRange(data, from, from + (int) entry.getSize());
    var index = model.resolve("variables/variables.index");
    Files.write(
        index, Recrc.of(Files.readAllBytes(index), entry.getCrc32C(), TfRecords.maskedCrc(value)));
  }
}
