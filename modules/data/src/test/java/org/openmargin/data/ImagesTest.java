package org.openmargin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class ImagesTest {

  @Test
  void copiesOneImageToAPlaceInAnArray() {
    var images = Images.of(1, 2, 1, new byte[] {1, 2, 3, 4, 5, 6});
    var target = new byte[4];
    images.copyTo(1, target, 1);
    assertThat(target).containsExactly(0, 3, 4, 0);
    assertThat(images.count()).isEqualTo(3);
    assertThat(images.bytesPerImage()).isEqualTo(2);
  }

  @Test
  void doesNotSeeLaterChangesOfTheArray() {
    byte[] pixels = {1, 2};
    var images = Images.of(1, 1, 1, pixels);
    pixels[0] = 9;
    assertThat(Pixels.of(images, 0)).containsExactly(1);
  }

  @Test
  void selectsReordersAndRepeats() {
    var images = Images.of(1, 1, 1, new byte[] {10, 11, 12, 13});
    var some = images.select(new int[] {3, 1, 1});
    assertThat(some.count()).isEqualTo(3);
    assertThat(Pixels.of(some, 0)).containsExactly(13);
    assertThat(Pixels.of(some.select(new int[] {2}), 0)).containsExactly(11);
    assertThatThrownBy(() -> some.select(new int[] {3}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void crossesChunksWhenBuiltAndWhenRead() throws IOException {
    // 3 MiB per image: 21 fit into a chunk of 64 MiB.
    int bytes = 1024 * 1024 * 3;
    var builder = new ImagesBuilder(new ImageShape(1024, 1024, 3));
    var image = new byte[bytes];
    for (int i = 0; i < 23; i++) {
      image[0] = (byte) i;
      image[bytes - 1] = (byte) -i;
      builder.add(image, 0);
    }
    var built = builder.build();
    var read = Images.read(asStream(built), new ImageShape(1024, 1024, 3), 23);
    for (int i = 0; i < 23; i++) {
      read.copyTo(i, image, 0);
      assertThat(image[0]).isEqualTo((byte) i);
      assertThat(image[bytes - 1]).isEqualTo((byte) -i);
    }
  }

  @Test
  void readingPastTheEndSaysAtWhichImage() {
    var five = new ByteArrayInputStream(new byte[5]);
    assertThatThrownBy(() -> Images.read(five, new ImageShape(1, 2, 1), 3))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("inside image 2 of 3");
  }

  @Test
  void aBuilderGoesOnAfterBuilding() {
    var builder = new ImagesBuilder(new ImageShape(1, 1, 1)).add(new byte[] {1}, 0);
    var first = builder.build();
    var second = builder.add(new byte[] {2}, 0).build();
    assertThat(first.count()).isEqualTo(1);
    assertThat(second.count()).isEqualTo(2);
    assertThat(Pixels.of(second, 1)).containsExactly(2);
  }

  @Test
  void refusesImpossibleSizes() {
    assertThatThrownBy(() -> new ImagesBuilder(new ImageShape(0, 2, 3)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("0x2x3");
    assertThatThrownBy(() -> new ImagesBuilder(new ImageShape(2, 2, 4)))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> new ImagesBuilder(new ImageShape(65536, 65536, 1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2^31");
    assertThatThrownBy(() -> Images.of(2, 2, 1, new byte[5]))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("5 bytes");
  }

  @Test
  void preprocessingWhatFitsAlreadyCopiesNothing() {
    var images = Images.of(2, 2, 1, new byte[8]);
    assertThat(images.preprocessed(ImageGeometry.square(2))).isSameAs(images);
  }

  @Test
  void preprocessingCropsAndResizesEveryImage() {
    var images = Images.of(2, 4, 1, new byte[] {9, 1, 3, 9, 9, 5, 7, 9, 0, 8, 8, 0, 0, 8, 8, 0});
    var small = images.preprocessed(ImageGeometry.square(1));
    assertThat(small).hasToString("2 images of 1x1x1");
    assertThat(Pixels.of(small, 0)).containsExactly(4);
    assertThat(Pixels.of(small, 1)).containsExactly(8);
  }

  private static InputStream asStream(Images images) {
    return new InputStream() {
      private final byte[] image = new byte[images.bytesPerImage()];
      private int next;
      private int at = image.length;

      @Override
      public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        if (at == image.length && next == images.count()) {
          return -1;
        }
        if (at == image.length) {
          images.copyTo(next++, image, 0);
          at = 0;
        }
        int bytes = Math.min(length, image.length - at);
        System.arraycopy(image, at, target, offset, bytes);
        at += bytes;
        return bytes;
      }
    };
  }
}
