package org.openmargin.map.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.map.EmbeddingMap;
import org.openmargin.report.plot.Numbers;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class MapFilesTest {
  @TempDir private static Path folder;
  private static EmbeddingMap map;

  @BeforeAll
  static void write() throws IOException {
    map = ExampleMap.of();
    new MapFiles(map, ExampleMap.images(), "a \"small\" <run>").write(folder);
  }

  @Test
  void everyFileIsThereAndNoOther() throws IOException {
    assumeTrue(MapFiles.canDrawWords(), "needs a font");
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "embeddings.csv",
              "tsne.svg",
              "tsne.png",
              "pca.svg",
              "pca.png",
              "projector_config.pbtxt",
              "tensors.tsv",
              "metadata.tsv",
              "sprite.png");
    }
  }

  @Test
  void tableHoldsOneRowPerPoint() throws IOException {
    var lines = Files.readAllLines(folder.resolve("embeddings.csv"));
    assertThat(lines).hasSize(33);
    assertThat(lines.get(0))
        .isEqualTo("id,class,group,prediction,unknown_score,pca_x,pca_y,tsne_x,tsne_y");
    var pca = map.pca().places().get(1);
    var tsne = map.tsne().places().get(1);
    assertThat(lines.get(2))
        .isEqualTo(
            "test/1,\"with, \"\"comma\"\"\",known,\"with, \"\"comma\"\"\",%s,%s,%s,%s,%s"
                .formatted(1 / 30.0, pca.x(), pca.y(), tsne.x(), tsne.y()));
    assertThat(lines.get(31)).startsWith("prototype/A<B,A<B,prototype,,,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tsne.svg", "pca.svg"})
  void picturesAreWellFormedAndShowEveryPoint(String file) throws Exception {
    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve(file).toFile());
    var points =
        elements(svg, "circle", "polygon").stream()
            .filter(e -> e.getElementsByTagName("title").getLength() == 1)
            .toList();
    assertThat(points).hasSize(32);
    assertThat(points)
        .extracting(Element::getTextContent)
        .contains("test/0: A<B (known); predicted A<B, unknown score 0", "prototype of A<B")
        .anyMatch(t -> t.startsWith("test/29: tab\tname (unknown); predicted with, \"comma\""));
    assertThat(elements(svg, "text"))
        .extracting(Element::getTextContent)
        .contains(
            "known classes (filled)",
            "A<B (10)",
            "with, \"comma\" (10)",
            "unknown classes (hollow)",
            "tab\tname (10)",
            "prototypes of known classes (2)");
    for (var circle : elements(svg, "circle")) {
      assertThat(Double.parseDouble(circle.getAttribute("cx"))).isBetween(0.0, 1040.0);
      assertThat(Double.parseDouble(circle.getAttribute("cy"))).isBetween(0.0, 820.0);
    }
  }

  private static List<Element> elements(Document document, String... names) {
    return Stream.of(names)
        .map(document::getElementsByTagName)
        .flatMap(MapFilesTest::list)
        .toList();
  }

  private static Stream<Element> list(NodeList nodes) {
    return java.util.stream.IntStream.range(0, nodes.getLength())
        .mapToObj(i -> (Element) nodes.item(i));
  }

  @Test
  void axesOfThePcaSayHowMuchTheyShow() throws IOException {
    var share = Numbers.perCent(map.pca().explained().get(0));
    assertThat(Files.readString(folder.resolve("pca.svg")))
        .contains("component 1 (" + share + " % of the variance)");
    assertThat(Files.readString(folder.resolve("tsne.svg")))
        .contains("perplexity 5, KL divergence", "after 200 iterations, seed 0");
  }

  @Test
  void equalDistancesLookEqualInBothDirections() {
    var scale = MapScale.of(map.pca().places());
    double x = scale.x().pixel(0.1) - scale.x().pixel(0);
    double y = scale.y().pixel(0) - scale.y().pixel(0.1);
    assertThat(x).isCloseTo(y, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tsne.png", "pca.png"})
  void pixelsShowTheColoursOfTheClasses(String file) throws IOException {
    assumeTrue(MapFiles.canDrawWords(), "needs a font");
    var image = ImageIO.read(folder.resolve(file).toFile());
    assertThat(image.getWidth()).isEqualTo(2080);
    assertThat(image.getHeight()).isEqualTo(1640);
    var colours = new HashSet<Integer>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y) & 0xffffff);
      }
    }
    // Stars of known classes, the border of the unknown one, ink and paper.
    assertThat(colours).contains(0x0072b2, 0xe69f00, 0x009e73, 0x1a2230, 0xffffff);
  }

  @Test
  void projectorFilesAgreeWithEachOther() throws IOException {
    var tensors = Files.readAllLines(folder.resolve("tensors.tsv"));
    var metadata = Files.readAllLines(folder.resolve("metadata.tsv"));
    assertThat(tensors).hasSize(32);
    assertThat(tensors).allMatch(line -> line.split("\t", -1).length == 5);
    double squares =
        Stream.of(tensors.get(0).split("\t", -1))
            .mapToDouble(Double::parseDouble)
            .map(v -> v * v)
            .sum();
    assertThat(squares).isCloseTo(1, within(1e-6));
    assertThat(metadata).hasSize(33);
    assertThat(metadata.get(0)).isEqualTo("id\tclass\tgroup\tprediction\tunknown_score");
    assertThat(metadata).allMatch(line -> line.split("\t", -1).length == 5);
    assertThat(metadata.get(3)).startsWith("test/2\ttab name\tunknown\tA<B\t");
    assertThat(Files.readString(folder.resolve("projector_config.pbtxt")))
        .contains(
            "tensor_name: \"a \\\"small\\\" <run>, embeddings of unit length\"",
            "tensor_shape: 32\n  tensor_shape: 5",
            "single_image_dim: 4\n    single_image_dim: 3");
  }

  @Test
  void spriteHoldsTheImagesRowByRow() throws IOException {
    var sprite = ImageIO.read(folder.resolve("sprite.png").toFile());
    assertThat(sprite.getWidth()).isEqualTo(6 * 4);
    assertThat(sprite.getHeight()).isEqualTo(6 * 3);
    assertThat(sprite.getRGB(0, 0) & 0xffffff).isEqualTo(0x000000);
    assertThat(sprite.getRGB(1 * 4 + 3, 2 * 3 + 2) & 0xffffff).isEqualTo(0x0d0d0d);
    assertThat(sprite.getRGB(5 * 4, 4 * 3 + 1) & 0xffffff).isEqualTo(0x1d1d1d);
  }

  @Test
  void largeImagesAreAveragedToTilesThatFitATexture() {
    var large =
        new MapImages(
            256,
            128,
            1,
            i -> {
              var pixels = new byte[256 * 128];
              for (int p = 0; p < pixels.length; p += 2) {
                pixels[p] = (byte) 200;
              }
              return java.util.Optional.of(pixels);
            });
    var sprite = new Sprite(large, 5);
    assertThat(sprite.tileHeight()).isEqualTo(64);
    assertThat(sprite.tileWidth()).isEqualTo(32);
    assertThat(sprite.picture().getRGB(40, 70) & 0xffffff).isEqualTo(0x646464);
    assertThat(new Sprite(large, 40_000).tileHeight() * 200).isLessThanOrEqualTo(8192);
  }

  @Test
  void manyClassesAreToldApartAndMakeTheLegendLonger() {
    var known = names("k", 16);
    var unknown = names("u", 16);
    var symbols = new ClassSymbols(known, unknown);
    var all = new HashSet<Canvas.Symbol>();
    known.forEach(n -> all.add(symbols.of(n, org.openmargin.map.MapItem.Role.KNOWN)));
    unknown.forEach(n -> all.add(symbols.of(n, org.openmargin.map.MapItem.Role.UNKNOWN)));
    assertThat(all).hasSize(32);
  }

  private static List<String> names(String prefix, int count) {
    return java.util.stream.IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  @Test
  void aFolderThatIsMissingIsAnError() {
    var files = new MapFiles(map, ExampleMap.images(), "x");
    assertThatThrownBy(() -> files.write(folder.resolve("nosuch"))).isInstanceOf(IOException.class);
  }
}
