package org.openmargin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

class VariableFileTest {
  @TempDir private Path folder;

  @Test
  void restoredVariablesHaveEveryBit() {
    try (var fixture = new GraphFixture(1)) {
      var file = VariableFile.of(fixture.tf(), draw(fixture, "a", "b"));
      fixture.initialize();
      run(fixture, file, file.save());
      var saved = List.of(fixture.value("a.kernel"), fixture.value("b.kernel"));
      try (var other = new GraphFixture(2)) {
        var copy = VariableFile.of(other.tf(), draw(other, "b", "a"));
        run(other, copy, copy.restore());
        assertThat(other.value("a.kernel")).isEqualTo(saved.get(0));
        assertThat(other.value("b.kernel")).isEqualTo(saved.get(1));
      }
    }
  }

  @Test
  void keysAreTheNamesOfTheVariables() {
    try (var fixture = new GraphFixture()) {
      var file = VariableFile.of(fixture.tf(), draw(fixture, "a"));
      fixture.initialize();
      run(fixture, file, file.save());
      var tf = fixture.tf();
      var raw =
          tf.train.restore(
              tf.constant(prefix()), tf.array("a.kernel"), tf.array(""), List.of(TFloat32.class));
      @SuppressWarnings("unchecked") // asked for as float32 above
      var read = (Operand<TFloat32>) raw.tensors().get(0);
      assertThat(fixture.value(read)).isEqualTo(fixture.value("a.kernel"));
      assertThat(folder.resolve("weights.index")).exists();
      assertThat(folder.resolve("weights.data-00000-of-00001")).exists();
    }
  }

  @Test
  void onlyTheListedVariablesAreStoredAndAMissingOneNamesItself() {
    try (var fixture = new GraphFixture()) {
      var both = draw(fixture, "a", "b");
      var file = VariableFile.of(fixture.tf(), both.subList(0, 1));
      fixture.initialize();
      run(fixture, file, file.save());
      try (var other = new GraphFixture()) {
        var wanted = VariableFile.of(other.tf(), draw(other, "a", "b"));
        assertThatThrownBy(() -> run(other, wanted, wanted.restore()))
            .hasMessageContaining("b.kernel");
      }
    }
  }

  @Test
  void operationsHaveTheNamesThatTensorFlowsExporterLooksFor() {
    try (var fixture = new GraphFixture()) {
      var file = VariableFile.of(fixture.tf(), draw(fixture, "a"));
      assertThat(fixture.graph().operation("save/filename")).isNotNull();
      assertThat(fixture.graph().operation("save/control_dependency")).isNotNull();
      assertThat(fixture.graph().operation("save/restore_all")).isNotNull();
      assertThat(file.save().op().name()).isEqualTo("save/control_dependency");
      assertThat(file.restore().op().name()).isEqualTo("save/restore_all");
    }
  }

  @Test
  void aFolderThatDoesNotExistIsAnError() {
    try (var fixture = new GraphFixture()) {
      var file = VariableFile.of(fixture.tf(), draw(fixture, "a"));
      assertThatThrownBy(() -> run(fixture, file, file.restore())).hasMessageContaining("weights");
      assertThat(Files.exists(folder.resolve("weights.index"))).isFalse();
    }
  }

  private List<Variable> draw(GraphFixture fixture, String... paths) {
    for (var path : paths) {
      var value = fixture.training().in(path).trained("kernel", Shape.of(5), Initializer.normal(1));
      assertThat(value.shape()).isEqualTo(Shape.of(5));
    }
    return fixture.variables().all();
  }

  private void run(GraphFixture fixture, VariableFile file, Op target) {
    try (var prefix = TString.scalarOf(prefix())) {
      fixture.session().runner().feed(file.prefix(), prefix).addTarget(target).run().close();
    }
  }

  private String prefix() {
    return folder.resolve("weights").toString();
  }
}
