package org.openmargin.model.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.InputFormat;

/** A SavedModel that Keras wrote: variables, functions that call functions, dropout, batch norm. */
class KerasModelTest {
  private static final Path MODEL = Path.of("src/test/resources/keras-tiny");
  private static final double CLOSE = 1e-6;

  private static double[] expected() throws IOException {
    return Arrays.stream(Files.readString(MODEL.resolve("expected.txt")).split("\\s+"))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  @Test
  void embeddingsAreThoseOfKeras() throws IOException {
    var backbone = Foreign.backbone(MODEL, PixelConvention.ZERO_TO_ONE, Pooling.NONE);
    assertThat(backbone.embeddingSize(Foreign.FORMAT)).isEqualTo(8);
    assertThat(Foreign.embeddings(backbone, 2, Foreign.FORMAT))
        .containsExactly(expected(), within(CLOSE));
  }

  @Test
  void itsWeightsAreConstantsAndNoVariableOrFunctionIsLeft() {
    var backbone = Foreign.backbone(MODEL, PixelConvention.ZERO_TO_ONE, Pooling.NONE);
    backbone.embeddingSize(Foreign.FORMAT);
    try (var fixture = new GraphFixture()) {
      var net = fixture.inference();
      var images = fixture.tensor(Foreign.pixels(1, Foreign.FORMAT), 1, 16, 16, 3);
      var embedded = backbone.embed(net, backbone.input(net, Foreign.FORMAT, images));
      // In one graph again, as for several views.
      var again = backbone.embed(net, backbone.input(net, Foreign.FORMAT, images));
      assertThat(fixture.value(again)).containsExactly(fixture.value(embedded));
      assertThat(fixture.variables().all()).isEmpty();
      var graph = fixture.graph().toGraphDef();
      assertThat(graph.getLibrary().getFunctionCount()).isZero();
      assertThat(graph.getNodeList())
          .noneMatch(node -> node.getOp().contains("Variable") || node.getOp().contains("Call"))
          .anyMatch(node -> node.getOp().equals("Conv2D"));
    }
  }

  @Test
  void imagesOfOtherSizesAreResizedAndGreyOnesRepeated() {
    var backbone = Foreign.backbone(MODEL, PixelConvention.ZERO_TO_ONE, Pooling.NONE);
    var grey = InputFormat.of(28, 20, 1);
    assertThat(Foreign.embeddings(backbone, 2, grey)).hasSize(16).doesNotContain(Double.NaN);
  }

  @Test
  void theDigestIsThatOfTheFilesThatDecide(@TempDir Path folder) throws IOException {
    var copy = folder.resolve("copy");
    Files.createDirectories(copy.resolve("variables"));
    for (var file :
        new String[] {
          "saved_model.pb", "variables/variables.index", "variables/variables.data-00000-of-00001"
        }) {
      Files.copy(MODEL.resolve(file), copy.resolve(file));
    }
    var digest = Foreign.backbone(MODEL).sha256();
    assertThat(digest).hasSize(64).isEqualTo(Foreign.backbone(copy).sha256());
    Files.writeString(copy.resolve("keras_metadata.pb"), "a note");
    assertThat(Foreign.backbone(copy).sha256()).isEqualTo(digest);
    Files.write(copy.resolve("variables/variables.index"), new byte[] {1});
    assertThat(Foreign.backbone(copy).sha256()).isNotEqualTo(digest);
  }
}
