package org.openmargin.trainer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("w.safetensors");
  }

  private static byte[] little(int... shorts) {
    var bytes = ByteBuffer.allocate(2 * shorts.length).order(ByteOrder.LITTLE_ENDIAN);
    for (var value : shorts) {
      bytes.putShort((short) value);
    }
    return bytes.array();
  }

  @Test
  void tensorsAreReadByNameInEveryFloatingType() throws IOException {
    var doubles = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0.1).array();
    new SafetensorsFile()
        .add("a", List.of(2L, 3L), 1, 2, 3, 4, 5, 6)
        .add("half", "F16", List.of(5L), little(0x3c00, 0xc000, 0x7bff, 0x0001, 0x8000))
        .add("brain", "BF16", List.of(2L), little(0x3f80, 0xc040))
        .add("double", "F64", List.of(), doubles)
        .add("scalar", List.of(), -7)
        .write(file());
    var tensors = Safetensors.read(file()).byName();
    assertThat(tensors).containsOnlyKeys("a", "half", "brain", "double", "scalar");
    assertThat(tensors.get("a").shape()).containsExactly(2L, 3L);
    assertThat(tensors.get("a").values().get()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(tensors.get("half").values().get()).containsExactly(1f, -2f, 65504f, 0x1p-24f, -0f);
    assertThat(tensors.get("brain").values().get()).containsExactly(1f, -3f);
    assertThat(tensors.get("double").values().get()).containsExactly(0.1f);
    assertThat(tensors.get("scalar").values().get()).containsExactly(-7f);
  }

  @Test
  void halfsOfInfinityAndNanStayWhatTheyAre() {
    assertThat(Elements.half((short) 0x7c00)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Elements.half((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Elements.half((short) 0x7e01)).isNaN();
  }

  @Test
  void otherTypesAreAnErrorOnlyIfTheyAreNeeded() throws IOException {
    new SafetensorsFile().add("n", "I64", List.of(), new byte[8]).write(file());
    var tensor = Safetensors.read(file()).byName().get("n");
    assertThatThrownBy(() -> tensor.values().get())
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("tensor 'n'")
        .hasMessageContaining("has type I64; weights must be F32, F16, BF16 or F64");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 3, 101_000_000, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32})
  void aHeaderLongerThanTheFileIsRefused(long length) throws IOException {
    Files.write(
        file(), SafetensorsFile.bytes(length, "{}".getBytes(StandardCharsets.UTF_8), new byte[0]));
    assertThatThrownBy(() -> Safetensors.read(file()))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("is no .safetensors file: its header would have");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "nonsense",
        "{\"a\":1}",
        "{\"a\":{}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}",
        "{\"a\":{\"dtype\":7,\"shape\":2,\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[\"2\"],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,12]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1e99999],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2,-1],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,9223372036854775807]}}",
        "{\"a\":{\"dtype\":null,\"shape\":[2],\"data_offsets\":[0,8]}}"
      })
  void aHostileHeaderIsRefused(String header) throws IOException {
    new SafetensorsFile().add("a", List.of(2L), 1, 2).write(file(), header);
    assertThatThrownBy(() -> Safetensors.read(file())).isInstanceOf(WeightsException.class);
  }

  @Test
  void everyCutFileIsRefused() throws IOException {
    new SafetensorsFile().add("a", List.of(2L), 1, 2).write(file());
    var whole = Files.readAllBytes(file());
    for (var size = 0; size < whole.length; size++) {
      Files.write(file(), Arrays.copyOf(whole, size));
      assertThatThrownBy(() -> Safetensors.read(file())).isInstanceOf(WeightsException.class);
    }
  }
}
