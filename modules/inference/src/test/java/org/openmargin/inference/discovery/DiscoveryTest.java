package org.openmargin.inference.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.files.image.LevelRule;
import org.openmargin.inference.FileClassifier;
import org.openmargin.inference.gallery.IdentityImages;
import org.openmargin.serving.Classification;
import org.openmargin.serving.Reason;

/** Images of three colours: red ones are known, green and blue ones are new classes. */
class DiscoveryTest {
  private static final int PER_COLOUR = 12;

  @TempDir Path folder;
  private List<Path> files;

  @BeforeEach
  void draw() throws IOException {
    files = new ArrayList<>();
    for (var colour = 0; colour < 3; colour++) {
      for (var i = 0; i < PER_COLOUR - colour; i++) {
        var image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x0a0a0a + ((200 + i) << (8 * (2 - colour))));
        var file = folder.resolve("%d-%02d.png".formatted(colour, i));
        ImageIO.write(image, "png", file.toFile());
        files.add(file);
      }
    }
    files.add(Files.write(folder.resolve("z.png"), new byte[] {1, 2}));
  }

  /** The colour of the first pixel, with a little noise, as the embedding. */
  private static List<Classification> answers(List<byte[]> contents) {
    return contents.stream().map(DiscoveryTest::answer).toList();
  }

  private static Classification answer(byte[] content) {
    try {
      var image = ImageIO.read(new ByteArrayInputStream(content));
      if (image == null) {
        return new Classification(
            "unknown",
            true,
            9,
            "red",
            new float[1],
            new float[3],
            false,
            Reason.NOT_AN_IMAGE,
            Reason.NOT_AN_IMAGE.text());
      }
      var rgb = image.getRGB(0, 0);
      var random = new Random(rgb);
      var embedding = new float[3];
      for (var i = 0; i < 3; i++) {
        embedding[i] = ((rgb >> (8 * (2 - i))) & 0xff) / 255f + 0.1f * random.nextFloat();
      }
      var unknown = embedding[0] < 0.5;
      return new Classification(
          unknown ? "unknown" : "red",
          unknown,
          0,
          "red",
          new float[1],
          embedding,
          false,
          Reason.OK,
          "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Discovery discover(Method method) {
    var classifier = new FileClassifier(DiscoveryTest::answers, 2, 5);
    return Discovery.of(
        classifier, files, Classification::unknown, method, (what, done, total) -> {});
  }

  @Test
  void newClassesAreGroupedAndEnrolledFromTheTable() throws IOException {
    for (var method : List.of(new Method.Density(4, 3), new Method.Average(0.3, 4))) {
      var discovery = discover(method);
      var out = new DiscoveryFolder(folder.resolve("out/" + method.getClass().getSimpleName()));
      out.write(discovery, new DiscoveryFolder.Form(3, LevelRule.DEFAULT));

      assertThat(discovery.accepted()).isEqualTo(PER_COLOUR);
      assertThat(discovery.unusable()).hasSize(1).allMatch(line -> line.contains("z.png: "));
      assertThat(discovery.groups()).hasSize(2);
      assertThat(discovery.groups().get(0).members())
          .hasSize(PER_COLOUR - 1)
          .allMatch(member -> member.file().getFileName().toString().startsWith("1-"));
      assertThat(discovery.agreement(file -> file.getFileName().toString().substring(0, 1)))
          .containsOnlyKeys("ami", "ari", "hungarian_accuracy")
          .allSatisfy((key, value) -> assertThat(value).isCloseTo(1, within(1e-9)));
      var identities = IdentityImages.in(List.of(out.table()));
      assertThat(identities.files().keySet()).containsExactly("cluster-01", "cluster-02");
      assertThat(identities.count()).isEqualTo(2 * PER_COLOUR - 3);
      assertThat(identities.files().get("cluster-02"))
          .allMatch(Files::exists)
          .allMatch(file -> file.getFileName().toString().startsWith("2-"));
      assertThat(Files.readString(out.page()))
          .contains("cluster-01: cohesion", "data:image/png;base64,", "medoid")
          .contains("12 images were accepted as known");
    }
  }

  @Test
  void theMedoidIsTheMostCentralImageAndCohesionTheMeanCosine() {
    var rows = new float[][] {{1, 0}, {1, 1}, {0, 2}, {5, 5}};
    var paths = List.of(Path.of("a"), Path.of("b"), Path.of("c"), Path.of("d"));

    var group = DiscoveredGroup.of("x", paths, rows, new int[] {0, 1, 2});

    assertThat(group.medoid()).isEqualTo(Path.of("b"));
    assertThat(group.members()).hasSize(3);
    assertThat(group.members().get(2).similarity()).isCloseTo(Math.sqrt(0.5), within(1e-9));
    assertThat(group.cohesion()).isCloseTo((2 * Math.sqrt(0.5) + 0) / 3, within(1e-9));
    assertThat(DiscoveredGroup.of("x", paths, rows, new int[] {3}).cohesion()).isEqualTo(1);
  }

  @Test
  void nothingRejectedIsSaid() {
    files = files.subList(0, PER_COLOUR);

    assertThatThrownBy(() -> discover(new Method.Density(4, 3)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("rejects none of the 12 images");
  }

  @Test
  void fewImagesAreInNoGroup() throws IOException {
    files = files.subList(PER_COLOUR, PER_COLOUR + 2);
    var discovery = discover(new Method.Density(4, 3));
    var out = new DiscoveryFolder(folder.resolve("out"));
    out.write(discovery, new DiscoveryFolder.Form(3, LevelRule.DEFAULT));

    assertThat(discovery.groups()).isEmpty();
    assertThat(discovery.single()).hasSize(2);
    assertThat(Files.readString(out.page())).contains("In no group");
  }

  @Test
  void centredEmbeddingsAreGroupedByDistance() {
    var density = new Method.Density(7, 3);

    assertThat(Method.of("{\"head\": {\"kind\": \"linear\"}}", density)).isEqualTo(density);
    assertThat(Method.of("{\"head\": {\"embedding\": \"the features stage2\"}}", density))
        .isEqualTo(new Method.Average(Method.DISTANCE, 7));
  }

  @Test
  void tooManyImagesForALinkageAreSaid() {
    assertThatThrownBy(() -> new Method.Average(0.5, 4).cluster(new float[10_001][]))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at most 10,000 images, 10,001 are rejected");
  }
}
