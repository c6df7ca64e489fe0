package org.openmargin.experiment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.config.Experiments;
import org.openmargin.files.image.LevelRule;

/** The setting {@code data.levels} and the rule that it means. */
class LevelsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "                                     ; window of the file, frame 1; upper byte",
        "of_file {}                           ; window of the file, frame 1; upper byte",
        "fixed {}                             ; window LINEAR centre 40.0 width 400.0, frame 1; upper byte",
        "fixed { centre: -600 width: 1500.5 function: SIGMOID } frame: 0; window SIGMOID centre -600.0 width 1500.5, middle frame; upper byte",
        "percentiles {}                       ; window percentiles 1.0 to 99.0, frame 1; upper byte",
        "frame: 7 sixteen_bits {}             ; window of the file, frame 7; 0 to 65535",
        "sixteen_bits { lowest: 5 highest: 4095 }; window of the file, frame 1; 5 to 4095"
      })
  void everySettingIsARule(String levels, String window, String sixteenBits) {
    var text =
        """
        name: "levels"
        data {
          folder { path: "none" }
          image_size_px: 32
          levels { %s }
        }
        model { resnet { variant: TINY } }
        loss { omcl {} }
        training { epochs: 1 batch_size: 8 adam {} constant {} }
        """
            .formatted(levels == null ? "" : levels);
    var config = Experiments.parse(text, "levels.textproto", List.of());
    assertThat(Levels.of(config.getData().getLevels()))
        .isEqualTo(LevelRule.parse("DICOM: %s; 16 bits: %s".formatted(window, sixteenBits)));
  }
}
