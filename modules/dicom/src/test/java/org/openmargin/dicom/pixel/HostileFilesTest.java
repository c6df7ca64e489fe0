package org.openmargin.dicom.pixel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.files.image.ImageFileException;

/** Files that lie: each gets one line, at once, and without memory for what it only claims. */
class HostileFilesTest {
  private static final String PIXELS = "\u00e0\u007f\u0010\0";
  private static final String ITEM = "\u00fe\u00ff\0\u00e0";

  /** Tag of the sequence (0040,A730). */
  private static final String CONTENT = "@\0" + "0\u00a7";

  private static final String UNDEFINED = "\u00ff\u00ff\u00ff\u00ff";

  @Test
  void aFileWithoutItsMarkIsNone() throws IOException {
    var file = file("grey-8-of-8");
    file[130] = 'X';
    refused(file, "has no DICM at byte 128");
    refused(new byte[0], "has no DICM at byte 128");
    refused(new byte[131], "has no DICM at byte 128");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grey-12-of-16",
        "grey-12-of-16-implicit",
        "grey-12-of-16-deflated",
        "grey-12-of-16-rle",
        "grey-12-of-16-lossless",
        "smooth-baseline",
        "header-undefined-lengths",
        "frames-3-fragments"
      })
  void aFileThatIsCutOffAnywhereIsRefused(String name) throws IOException {
    var file = file(name);
    for (var length = 0; length < end(file); length += file.length > 5000 ? 37 : 1) {
      assertRefused(Arrays.copyOf(file, length));
    }
  }

  /** Trailing bytes that fill a value up, and the delimiter behind the fragments, may be missed. */
  private static int end(byte[] file) {
    return file.length - 1;
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0\0\0\u0080", "\u00fe\u00ff\u00ff\u00ff", "\0\0\0\u0001"})
  void aLengthBeyondTheEndIsRefused(String length) throws IOException {
    var file = text("grey-8-of-8");
    var at = file.lastIndexOf(PIXELS) + 8;
    refused(file.substring(0, at) + length + file.substring(at + 4), "(7FE0,0010) at byte");
  }

  @Test
  void sequencesWithoutEndAreRefused() throws IOException {
    var begin = begin("header-implicit");
    for (var count : new int[] {40, 200_000}) {
      var nested = (CONTENT + UNDEFINED + ITEM + UNDEFINED).repeat(count);
      refused(begin + nested, "has sequences in sequences, more than 32 deep");
    }
    refused(begin + CONTENT + UNDEFINED + (ITEM + "\0\0\0\0").repeat(9), "ends at");
    refused(begin + CONTENT + UNDEFINED + "junkjunk", "an item or the end belongs");
    refused(begin + ITEM + "\0\0\0\0", "has a delimiter at byte");
  }

  @Test
  void itemsLargerThanTheirSequenceAreRefused() throws IOException {
    var sequence = CONTENT + "\u0010\0\0\0" + ITEM + " \0\0\0" + " ".repeat(99);
    refused(begin("header-implicit") + sequence, "a length of");
  }

  @ParameterizedTest
  @CsvSource({
    "0028 0010, 65535, frames of 11 x 65535 px",
    "0028 0010, 0, 1 frames of 11 x 0 px",
    "0028 0011, 0, 1 frames of 0 x 13 px",
    "0028 0011, 12, has 144 bytes of pixels; 1 frames of 12 x 13 px need 156",
    "0028 0011, 7, more than 1 frames of 7 x 13 px",
    "0028 0002, 3, has 3 samples per pixel but is MONOCHROME2",
    "0028 0100, 32, 'with 32 in (0028,0100) Bits Allocated is not read'",
    "0028 0101, 0, stores 0 bits up to bit 7 of 8",
    "0028 0101, 12, stores 12 bits up to bit 7 of 8",
    "0028 0102, 65535, stores 8 bits up to bit 65535 of 8",
    "0028 0103, 2, 'has 2 in (0028,0103) Pixel Representation'"
  })
  void anImpossibleHeaderIsRefused(String tag, int value, String reason) throws IOException {
    var message = refused(word("grey-8-of-8", tag, value));
    assertThat(message.replace(",", "")).contains(reason.replace(",", ""));
  }

  @Test
  void framesOfGigabytesAreRefused() throws IOException {
    for (var name : new String[] {"grey-16-of-16", "grey-12-of-16-rle", "grey-16-of-16-lossless"}) {
      var huge = word(word(file(name), "0028 0010", 65535), "0028 0011", 65535);
      refused(huge, "with frames of 65535 x 65535 px is not read: at most 100 megapixels");
      var large = word(word(file(name), "0028 0010", 10000), "0028 0011", 10000);
      assertThat(refused(large)).containsAnyOf("bytes of pixels", "bytes of RLE", "JPEG frame of");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "2", "99999999", "1e3", "x"})
  void aWrongNumberOfFramesIsRefused(String frames) throws IOException {
    var file = text("frames-3");
    var at = file.indexOf("(\0\u0008\0IS");
    var field = (char) (frames.length() + frames.length() % 2) + "\0" + frames;
    var padded = frames.length() % 2 == 0 ? field : field + " ";
    refused(file.substring(0, at + 6) + padded + file.substring(at + 10), "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"frames-3-rle", "frames-3-lossless", "frames-3-fragments"})
  void framesThatAreNotPromisedAreNotDropped(String name) throws IOException {
    var file = text(name);
    var at = file.indexOf("(\0\u0008\0IS");
    for (var promised : new String[] {"1 ", "2 "}) {
      var frames = file.substring(0, at + 8) + promised + file.substring(at + 10);
      assertThat(refused(bytes(frames)))
          .containsAnyOf("promises one frame, but has 3", "fragments");
    }
    var table = file.lastIndexOf(PIXELS) + 12;
    var withoutTable =
        file.substring(0, at + 8)
            + "1 "
            + file.substring(at + 10, table)
            + ITEM
            + "\0\0\0\0"
            + file.substring(table + 20);
    if (!name.equals("frames-3-rle")) {
      refused(withoutTable, "promises one frame, but has 3");
    }
  }

  @Test
  void wrongFragmentsAreRefused() throws IOException {
    var file = text("frames-3-fragments");
    var table = file.lastIndexOf(PIXELS) + 12;
    var odd = file.substring(0, table) + ITEM + "\3\0\0\0" + "abc" + file.substring(table + 20);
    refused(odd, "an offset table of 3 bytes");
    var far =
        file.substring(0, table + 12) + "\u00ff\u00ff\u00ff\u00ff" + file.substring(table + 16);
    assertThat(message(bytes(far), 1)).contains("an offset of 4294967295 bytes for frame 2");
    var none = file.substring(0, table) + ITEM + "\0\0\0\0" + "\u00fe\u00ff\u00dd\u00e0\0\0\0\0";
    refused(none, "has 0 fragments for 3 frames");
  }

  @Test
  void aSmallFileThatInflatesWithoutEndIsRefused() throws IOException {
    var begin = begin("grey-8-of-8-deflated");
    var bomb = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(bomb, new Deflater(1, true))) {
      for (var mebibytes = 0; mebibytes < 300; mebibytes++) {
        deflater.write(new byte[1 << 20]);
      }
    }
    refused(begin + bomb.toString(ISO_8859_1), "inflates to more than 256 MiB");
    refused(begin + "\u00ff\u00ff\u00ff", "wrong deflated data");
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.840.10008.1.2.2, Explicit VR Big Endian",
    "1.2.840.10008.1.2.4.90, JPEG 2000 Lossless",
    "1.2.840.10008.1.2.4.80, JPEG-LS Lossless",
    "1.2.840.10008.1.2.4.51, 'JPEG Extended, 12-bit'",
    "1.2.840.10008.1.2.4.201, High-Throughput JPEG 2000 Lossless",
    "1.2.840.10008.1.2.4.102, MPEG-4 AVC/H.264",
    "1.2.840.10008.1.2.4.102.1, MPEG-4 AVC/H.264",
    "1.2.840.10008.1.2.4.55, JPEG Full Progression",
    "1.2.840.10008.1.2.1.98, Encapsulated Uncompressed",
    "1.2.3.4, unknown (1.2.3.4)"
  })
  void otherSyntaxesAreRefusedByName(String uid, String name) throws IOException {
    var file = text("frames-3-rle");
    var at = file.indexOf("\2\0\u0010\0UI") + 6;
    var length = file.charAt(at);
    var padded = uid.length() % 2 == 0 ? uid : uid + "\0";
    refused(
        file.substring(0, at)
            + (char) padded.length()
            + "\0"
            + padded
            + file.substring(at + 2 + length),
        name);
  }

  @Test
  void aFileWithoutWhatItNeedsSaysWhat() throws IOException {
    var file = text("grey-8-of-8");
    refused(file.substring(0, file.lastIndexOf(PIXELS)), "has no pixels");
    refused(file.replace("(\0\u0010\0US", "(\0\u0012\0US"), "has no (0028,0010) Rows");
    refused(file.replace("\2\0\u0010\0UI", "\2\0\u0017\0UI"), "has no (0002,0010) Transfer Syntax");
    refused(
        file.replace("(\0\u0010\0US\2\0", "(\0\u0011\0US\2\0"), "has (0028,0011) Columns twice");
    refused(
        file.replace("MONOCHROME2", "CIELAB     "),
        "with (0028,0004) Photometric Interpretation CIELAB is not read");
  }

  /** Nothing but a refusal or an image comes out of damage, whatever it is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "header-explicit",
        "header-undefined-lengths",
        "frames-3-rle",
        "grey-16-predictor-7",
        "rgb-lossless",
        "grey-8-of-8-deflated",
        "ramp-baseline-422",
        "palette-16"
      })
  void damageAnywhereIsRefusedOrHarmless(String name) throws IOException {
    var random = new Random(7);
    var file = file(name);
    for (var i = 0; i < 2000; i++) {
      var damaged = file.clone();
      for (var j = random.nextInt(4); j >= 0; j--) {
        damaged[128 + random.nextInt(file.length - 128)] = (byte) random.nextInt(256);
      }
      try {
        DicomImage.read(damaged).frame(0);
      } catch (ImageFileException e) {
        assertThat(e.getMessage()).doesNotContain("\n");
      }
    }
  }

  private static void refused(String file, String reason) {
    refused(bytes(file), reason);
  }

  private static void refused(byte[] file, String reason) {
    assertThat(refused(file)).contains(reason);
  }

  private static void assertRefused(byte[] file) {
    assertThat(refused(file)).contains("DICOM");
  }

  private static String refused(byte[] file) {
    return message(file, 0);
  }

  private static String message(byte[] file, int frame) {
    var line = new StringBuilder();
    assertThatExceptionOfType(ImageFileException.class)
        .isThrownBy(() -> DicomImage.read(file).frame(frame))
        .satisfies(e -> line.append(e.getMessage()));
    assertThat(line.toString()).doesNotContain("\n").hasSizeLessThan(260);
    return line.toString();
  }

  private static byte[] word(String name, String tag, int value) throws IOException {
    return word(file(name), tag, value);
  }

  /** Changes a number of 16 bits of an explicit file. */
  private static byte[] word(byte[] file, String tag, int value) {
    var group = Integer.parseInt(tag.substring(0, 4), 16);
    var element = Integer.parseInt(tag.substring(5), 16);
    var head = "" + (char) group + "\0" + (char) (element & 0xff) + (char) (element >> 8) + "US";
    var at = new String(file, ISO_8859_1).indexOf(head) + 8;
    var changed = file.clone();
    changed[at] = (byte) value;
    changed[at + 1] = (byte) (value >> 8);
    return changed;
  }

  /** A file up to the data set behind its meta information. */
  private static String begin(String name) throws IOException {
    var file = text(name);
    var meta = file.indexOf("\2\0\0\0UL\4\0") + 8;
    var length = file.charAt(meta) | file.charAt(meta + 1) << 8;
    return file.substring(0, meta + 4 + length);
  }

  private static byte[] file(String name) throws IOException {
    return DicomImageTest.resource(name + ".dcm");
  }

  private static String text(String name) throws IOException {
    return new String(file(name), ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
