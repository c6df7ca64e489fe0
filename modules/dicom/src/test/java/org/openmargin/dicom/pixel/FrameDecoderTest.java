package org.openmargin.dicom.pixel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openmargin.files.image.ImageFileException;

/** Transfer syntaxes that only a site's own decoder reads. */
class FrameDecoderTest {
  private static final String PIXELS = "\u00e0\u007f\u0010\0OW\0\0";

  @Test
  void aSitesDecoderIsFoundAndAsked() throws IOException {
    var image = DicomImage.read(file((char) 5, 9 * 8));
    var frame = image.frame(0);
    for (var i = 0; i < 9 * 8; i++) {
      assertThat(frame.value(i)).isEqualTo(255 - 5);
    }
  }

  @Test
  void itsFailureIsOneLineWithoutItsText() throws IOException {
    var image = DicomImage.read(file('\0', 9 * 8));
    assertThatThrownBy(() -> image.frame(0))
        .isInstanceOf(ImageFileException.class)
        .hasMessageContaining("cannot be decoded by SitesDecoder")
        .message()
        .doesNotContain("secret", "\n");
  }

  @Test
  void aWrongNumberOfSamplesIsRefused() throws IOException {
    var image = DicomImage.read(file((char) 5, 70));
    assertThatThrownBy(() -> image.frame(0))
        .isInstanceOf(ImageFileException.class)
        .hasMessageContaining("gave 70 samples by SitesDecoder, not 72");
  }

  /** The plain image of 9 x 8 px, as if one fragment of another syntax held it. */
  private static byte[] file(char value, int length) throws IOException {
    var plain = new String(DicomImageTest.resource("monochrome1.dcm"), ISO_8859_1);
    var syntax = plain.indexOf("1.2.840.10008.1.2.1\0");
    var uid = SitesDecoder.SYNTAX + "\0";
    var pixels = plain.indexOf("\u00e0\u007f\u0010\0O");
    var head = plain.substring(0, syntax - 2) + (char) uid.length() + "\0" + uid;
    var rest = plain.substring(syntax + 20, pixels);
    var fragment = String.valueOf(value).repeat(length);
    var file =
        (head + rest + PIXELS + "\u00ff".repeat(4))
            + ("\u00fe\u00ff\0\u00e0" + "\0".repeat(4))
            + ("\u00fe\u00ff\0\u00e0" + (char) length + "\0\0\0" + fragment)
            + ("\u00fe\u00ff\u00dd\u00e0" + "\0".repeat(4));
    return file.getBytes(ISO_8859_1);
  }
}
