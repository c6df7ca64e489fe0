package org.openmargin.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openmargin.config.text.SchemaPaths;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.OptionsProto;

class PathFieldsTest {
  private static final String FOLDER = Path.of("").toAbsolutePath().toString();

  private static ExperimentConfig experiment(String source) {
    return Experiments.parse(
        Texts.VALID,
        "x",
        List.of("data." + source, "runtime.images.cache_directory=c", "data.image_size_px=32"));
  }

  @Test
  void schemaMarksEveryFileAndFolder() {
    assertThat(marked(ExperimentConfig.getDescriptor(), ""))
        .containsExactly(
            "data.npz.path",
            "data.medmnist.directory",
            "data.folder.path",
            "data.manifest.path",
            "data.manifest.root",
            "data.tfrecord.path",
            "model.saved_model.path",
            "model.initial_weights.path",
            "runtime.cuda_cache_dir",
            "runtime.images.cache_directory");
  }

  private static Stream<String> marked(Descriptor message, String section) {
    return message.getFields().stream()
        .flatMap(
            field -> {
              var path = SchemaPaths.join(section, field.getName());
              return SchemaPaths.isSection(field)
                  ? marked(field.getMessageType(), path)
                  : Stream.of(path)
                      .filter(p -> field.getOptions().getExtension(OptionsProto.place));
            });
  }

  @Test
  void relativePathsBecomeAbsoluteAndEmptyOnesStayEmpty() {
    var npz = PathFields.absolute(experiment("npz.path=a/../b.npz"));
    assertThat(npz.getData().getNpz().getPath()).isEqualTo(FOLDER + "/b.npz");
    assertThat(npz.getRuntime().getImages().getCacheDirectory()).isEqualTo(FOLDER + "/c");
    assertThat(npz.getRuntime().getCudaCacheDir()).isEmpty();
    var folder = PathFields.absolute(experiment("folder={path: '/a' channels: 1}"));
    assertThat(folder.getData().getFolder().getPath()).isEqualTo("/a");
    var medmnist = PathFields.absolute(experiment("medmnist={name: 'bloodmnist' directory: 'd'}"));
    assertThat(medmnist.getData().getMedmnist().getDirectory()).isEqualTo(FOLDER + "/d");
  }

  @Test
  void digestDoesNotDependOnPaths() {
    assertThat(
            Stream.of("a", "b")
                .flatMap(
                    path ->
                        Stream.of(
                            "npz.path=" + path,
                            "folder={path: '%s'}".formatted(path),
                            "medmnist={name: 'bloodmnist' directory: '%s'}".formatted(path)))
                .map(PathFieldsTest::experiment)
                .map(Experiments::digest)
                .distinct())
        .hasSize(3);
  }
}
