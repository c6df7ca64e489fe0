package org.openmargin.dicom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.files.image.EncodedImage;
import org.openmargin.files.image.EncodedImage.Samples;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.files.image.ImageFormat;
import org.openmargin.files.image.LevelRule;

/** Files of tools/dicom, with levels by numpy and by pydicom's palettes. */
class DicomConverterTest {

  static List<String> rendered() throws IOException {
    return new String(resource("rendered.csv"), UTF_8).lines().toList();
  }

  @ParameterizedTest
  @MethodSource("rendered")
  void levelsAreThoseOfTheStandardsFormulas(String line)
      throws IOException, NoSuchAlgorithmException {
    var fields = line.split(";", 4);
    var rule = LevelRule.parse(fields[1] + ";" + fields[2]);

    var png = new DicomConverter().convert(file(fields[0]), rule).png();

    var digest = MessageDigest.getInstance("SHA-256").digest(samples(png));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(fields[3]);
  }

  @Test
  void itIsFoundByWhoReadsImages() throws IOException {
    var grey = EncodedImage.of(file("grey-12-of-16-lossless"));
    assertThat(grey.format()).isEqualTo(ImageFormat.DICOM);
    assertThat(grey.samples()).isEqualTo(Samples.GREY);
    assertThat(grey.turned()).isFalse();
    assertThat(EncodedImage.of(file("palette-8")).samples()).isEqualTo(Samples.COLOUR);
    assertThat(ImageFormat.DICOM.readable()).isTrue();
  }

  @Test
  void whatAUserMustKnowIsRemarked() throws IOException {
    assertThat(remarks("header-explicit")).isEmpty();
    assertThat(remarks("padded"))
        .anySatisfy(remark -> assertThat(remark).contains("burned into their pixels"))
        .anySatisfy(remark -> assertThat(remark).contains("propose no window"));
    assertThat(remarks("frames-enhanced")).singleElement().asString().contains("several frames");
  }

  @Test
  void aFrameThatIsNotThereIsRefused() throws IOException {
    var file = file("frames-3");
    var fourth = new LevelRule(LevelRule.DEFAULT.window(), OptionalInt.of(4), Optional.empty());
    assertThatThrownBy(() -> new DicomConverter().convert(file, fourth))
        .isInstanceOf(ImageFileException.class)
        .hasMessage("a DICOM file of 3 frames has no frame 4, which the rule asks for");
  }

  @ParameterizedTest
  @ValueSource(strings = {"explicit", "implicit", "undefined-lengths", "defined-lengths"})
  void theIdentifierIsThatOfTheInstance(String kind) throws IOException {
    assertThat(new DicomConverter().id(file("header-" + kind)))
        .isEqualTo("1.2.826.0.1.3680043.10.543.1");
  }

  @Test
  void nothingOfAHeaderIsInThePng() throws IOException {
    for (var name : List.of("header-explicit", "padded", "rgb-lossless")) {
      var file = file(name);
      assertThat(new String(file, ISO_8859_1)).contains("Nobody");
      var png = new DicomConverter().convert(file, LevelRule.DEFAULT).png();
      assertThat(new String(png, ISO_8859_1)).doesNotContain("Nobody", "1.2.826", "tEXt", "iTXt");
    }
  }

  /** As tables (0028,1201) to (0028,1203), but written in segments: (0028,1221) to (0028,1223). */
  @Test
  void aSegmentedPaletteIsRefusedByName() throws IOException {
    for (var name : List.of("palette-8", "palette-16")) {
      var plain = new String(file(name), ISO_8859_1);
      var segmented = plain;
      for (var colour = 1; colour <= 3; colour++) {
        var tag = "(\0" + (char) colour + "\u0012";
        assertThat(segmented).contains(tag);
        segmented = segmented.replace(tag, "(\0" + (char) (0x20 + colour) + "\u0012");
      }
      var file = segmented.getBytes(ISO_8859_1);
      assertThatThrownBy(() -> new DicomConverter().convert(file, LevelRule.DEFAULT))
          .isInstanceOf(ImageFileException.class)
          .hasMessage(
              "a DICOM file with a (0028,1221) Segmented Red Palette Color Lookup Table Data is not read");
    }
  }

  private static byte[] samples(byte[] png) throws IOException {
    var raster = ImageIO.read(new ByteArrayInputStream(png)).getRaster();
    var values = raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
    var bytes = new byte[values.length];
    for (var i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static List<String> remarks(String name) throws IOException {
    return List.copyOf(new DicomConverter().convert(file(name), LevelRule.DEFAULT).remarks());
  }

  private static byte[] file(String name) throws IOException {
    return resource(name + ".dcm");
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = DicomConverterTest.class.getResourceAsStream("/dicom/" + name)) {
      return in.readAllBytes();
    }
  }
}
