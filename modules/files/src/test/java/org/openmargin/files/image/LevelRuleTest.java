package org.openmargin.files.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.openmargin.files.image.LevelRule.Function;
import org.openmargin.files.image.LevelRule.Range;
import org.openmargin.files.image.LevelRule.Window;

class LevelRuleTest {

  @Test
  void everyRuleIsReadAsItIsWritten() {
    var windows =
        List.of(
            new Window.OfFile(),
            new Window.Fixed(-600.25, 1500, Function.LINEAR),
            new Window.Fixed(1e-7, 1e6, Function.LINEAR_EXACT),
            new Window.Fixed(4e9, 1, Function.SIGMOID),
            new Window.Percentiles(0, 100),
            new Window.Percentiles(0.00001, 99.5));
    for (var window : windows) {
      for (var frame : List.of(OptionalInt.empty(), OptionalInt.of(1), OptionalInt.of(700))) {
        for (var range : List.of(Optional.<Range>empty(), Optional.of(new Range(16, 4095)))) {
          var rule = new LevelRule(window, frame, range);
          assertThat(LevelRule.parse(rule.toString())).isEqualTo(rule);
        }
      }
    }
    assertThat(LevelRule.DEFAULT)
        .hasToString("DICOM: window of the file, frame 1; 16 bits: upper byte");
  }

  @Test
  void anotherTextIsRefused() {
    assertThatThrownBy(() -> LevelRule.parse("DICOM: window of my own"))
        .hasMessageContaining("is not known here: DICOM: window of my own");
  }

  @Test
  void sixteenBitsAreScaledOverTheirRange() {
    var whole = new Range(0, 4095);
    assertThat(whole.level(0)).isZero();
    assertThat(whole.level(8)).isZero();
    assertThat(whole.level(9)).isEqualTo(1);
    assertThat(whole.level(2048)).isEqualTo(128);
    assertThat(whole.level(4095)).isEqualTo(255);
    assertThat(whole.level(65535)).isEqualTo(255);
    var part = new Range(1000, 1255);
    for (var value = 0; value < 3000; value++) {
      assertThat(part.level(value)).isEqualTo(Math.max(0, Math.min(255, value - 1000)));
    }
    var all = new Range(0, 65535);
    for (var value = 0; value <= 65535; value++) {
      assertThat(all.level(value)).isEqualTo((int) Math.floor(value * 255 / 65535.0 + 0.5));
      assertThat(LevelRule.DEFAULT.level(value)).isEqualTo(value / 256);
    }
  }

  @Test
  void impossibleRulesAreRefused() {
    assertThatThrownBy(() -> new Range(5, 5)).hasMessageContaining("got 5 and 5");
    assertThatThrownBy(() -> new Range(0, 65536)).hasMessageContaining("0 to 65535");
    assertThatThrownBy(() -> new Window.Percentiles(99, 1))
        .hasMessageContaining("got 99.0 and 1.0");
    assertThatThrownBy(() -> new Window.Fixed(40, 0.5, Function.LINEAR))
        .hasMessageContaining("width of 1 to 1000000");
    assertThatThrownBy(() -> new Window.Fixed(Double.NaN, 400, Function.LINEAR))
        .hasMessageContaining("centre NaN");
  }
}
