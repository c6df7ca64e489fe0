package org.openmargin.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.data.DataException;

class MedMnistTest {

  @TempDir Path folder;

  @Test
  void knowsTheTwelveTwoDimensionalSets() {
    assertThat(MedMnist.all())
        .extracting(MedMnist::name)
        .containsExactlyInAnyOrder(
            "pathmnist",
            "chestmnist",
            "dermamnist",
            "octmnist",
            "pneumoniamnist",
            "retinamnist",
            "breastmnist",
            "bloodmnist",
            "tissuemnist",
            "organamnist",
            "organcmnist",
            "organsmnist");
  }

  @Test
  void everySumIsThereAndNoneTwice() {
    var sums = new HashSet<String>();
    for (var set : MedMnist.all()) {
      for (int size : MedMnist.SIZES_PX) {
        assertThat(set.md5(size))
            .hasValueSatisfying(md5 -> assertThat(md5).matches("[0-9a-f]{32}"));
        assertThat(sums.add(set.md5(size).orElseThrow())).isTrue();
      }
    }
    assertThat(MedMnist.named("bloodmnist").md5(28)).hasValue("7053d0359d879ad8a5505303e11de1dc");
    assertThat(MedMnist.named("octmnist").md5(28)).hasValue("c68d92d5b585d8d81f7112f81e2d0842");
  }

  @Test
  void hasOneNamePerClass() {
    var classes =
        Map.of("pathmnist", 9, "bloodmnist", 8, "octmnist", 4, "organamnist", 11, "dermamnist", 7);
    classes.forEach((name, n) -> assertThat(MedMnist.named(name).classNames()).hasSize(n));
    assertThat(MedMnist.named("chestmnist").multiLabel()).isTrue();
    assertThat(MedMnist.named("BloodMNIST").multiLabel()).isFalse();
  }

  @Test
  void namesTheFilesOnZenodo() {
    var blood = MedMnist.named("bloodmnist");
    assertThat(blood.uri(28))
        .hasToString("https://zenodo.org/records/10519652/files/bloodmnist.npz?download=1");
    assertThat(blood.uri(64))
        .hasToString("https://zenodo.org/records/10519652/files/bloodmnist_64.npz?download=1");
  }

  @Test
  void takesAMirrorAddressOrFolder() {
    var blood = MedMnist.named("bloodmnist");
    assertThat(blood.uri(28, "http://host/med/")).hasToString("http://host/med/bloodmnist.npz");
    assertThat(blood.uri(224, "https://host/a")).hasToString("https://host/a/bloodmnist_224.npz");
    assertThat(blood.uri(28, folder.toString()))
        .isEqualTo(folder.resolve("bloodmnist.npz").toUri());
    assertThat(blood.uri(28, "HTTPS://host")).hasToString("HTTPS://host/bloodmnist.npz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://exa mple.org/",
        "https://",
        "http://:80/x",
        "http://host:99999",
        "ftp://host/med"
      })
  void refusesAMirrorThatIsNoServer(String mirror) {
    assertThatThrownBy(() -> MedMnist.named("bloodmnist").uri(28, mirror))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(mirror, "http://HOST", "https://HOST", "a folder");
  }

  @Test
  void findsTheSetOfAFileByItsName() {
    assertThat(MedMnist.ofFile(Path.of("x/bloodmnist_64.npz")))
        .hasValue(MedMnist.named("bloodmnist"));
    assertThat(MedMnist.ofFile(Path.of("BloodMNIST-rebuilt-28.npz")))
        .hasValue(MedMnist.named("bloodmnist"));
    assertThat(MedMnist.ofFile(Path.of("bloodmnist3d.npz"))).isEmpty();
    assertThat(MedMnist.ofFile(Path.of("mine.npz"))).isEmpty();
  }

  @Test
  void anUnknownNameListsAllAndAnUnknownSizeTheSizes() {
    assertThatThrownBy(() -> MedMnist.named("bloodmnits"))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("bloodmnits", "pathmnist", "bloodmnist");
    assertThatThrownBy(() -> MedMnist.named("bloodmnist").fileName(32))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("28, 64, 128 and 224");
  }
}
