package org.openmargin.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.files.TfRecords;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import tensorflow.serving.PredictionLogOuterClass.PredictionLog;

class WarmUpTest {
  private static final TensorProto IMAGES = images();
  private static final WarmUp RECORD =
      new WarmUp("blood", "serving_default", Map.of("images", IMAGES), Map.of("label", label()));

  @Test
  void aRecordReadsBackAsItWas() {
    assertThat(WarmUp.decode(RECORD.encode())).isEqualTo(RECORD);
  }

  @Test
  void classesGeneratedFromTensorFlowServingReadIt() throws IOException {
    var log = PredictionLog.parseFrom(RECORD.encode());

    assertThat(log.getLogTypeCase()).isEqualTo(PredictionLog.LogTypeCase.PREDICT_LOG);
    var request = log.getPredictLog().getRequest();
    assertThat(request.getModelSpec().getName()).isEqualTo("blood");
    assertThat(request.getModelSpec().getSignatureName()).isEqualTo("serving_default");
    assertThat(request.getInputsMap()).containsOnlyKeys("images");
    var images = request.getInputsMap().get("images");
    assertThat(images.getDtype()).isEqualTo(org.tensorflow.framework.DataType.DT_UINT8);
    assertThat(images.getTensorShape().getDimList())
        .extracting(org.tensorflow.framework.TensorShapeProto.Dim::getSize)
        .containsExactly(1L, 2L, 1L, 3L);
    assertThat(images.getTensorContent()).isEqualTo(IMAGES.getTensorContent());
    var response = log.getPredictLog().getResponse();
    assertThat(response.getModelSpec().getName()).isEqualTo("blood");
    assertThat(response.getOutputsMap().get("label").getStringVal(0))
        .isEqualTo(ByteString.copyFromUtf8("monocyte"));
    assertThat(log.getUnknownFields().asMap()).isEmpty();
    assertThat(request.getUnknownFields().asMap()).isEmpty();
    assertThat(response.getUnknownFields().asMap()).isEmpty();
  }

  @Test
  void tensorsReadBackAsTheyWere() {
    try (var images = TensorProtos.toTensor(IMAGES);
        var label = TensorProtos.toTensor(label());
        var threshold = TFloat32.vectorOf(1.5f, -2f);
        var again = TensorProtos.toTensor(TensorProtos.of(threshold))) {
      assertThat(TensorProtos.of(images)).isEqualTo(IMAGES);
      assertThat(TensorProtos.of(label)).isEqualTo(label());
      assertThat(again).isEqualTo(threshold);
    }
  }

  @Test
  void anythingButAPredictionLogIsRefused() {
    assertThatThrownBy(() -> WarmUp.decode(new byte[0]))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("not a PredictionLog");
    assertThatThrownBy(() -> WarmUp.decode(new byte[] {10, 100, 1}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("not a PredictionLog");
  }

  @Test
  void everyKindOfDamageToTheFileIsFound(@TempDir Path directory) throws IOException {
    var file = directory.resolve("records");
    try (var out = Files.newOutputStream(file)) {
      TfRecords.write(out, RECORD.encode());
      TfRecords.write(out, RECORD.encode());
    }
    assertThat(WarmUpFile.read(file)).containsExactly(RECORD, RECORD);

    var good = Files.readAllBytes(file);
    for (var at : List.of(0, 9, 40, good.length / 2 - 1, good.length - 1)) {
      var bad = good.clone();
      bad[at] ^= 1;
      Files.write(file, bad);
      assertThatThrownBy(() -> WarmUpFile.read(file)).hasMessageContaining("is damaged or cut off");
    }
    for (var length : List.of(5, 20, good.length / 2 + 3, good.length - 1)) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThatThrownBy(() -> WarmUpFile.read(file)).hasMessageContaining("is damaged or cut off");
    }
  }

  private static TensorProto images() {
    var pixels = new byte[] {1, 2, 3, (byte) 250, (byte) 251, (byte) 252};
    try (var tensor = TensorProtos.images(List.of(pixels), 2, 1, 3)) {
      assertThat(tensor.shape()).isEqualTo(Shape.of(1, 2, 1, 3));
      return TensorProtos.of(tensor);
    }
  }

  private static TensorProto label() {
    try (var label = TString.vectorOf("monocyte")) {
      return TensorProtos.of(label);
    }
  }
}
