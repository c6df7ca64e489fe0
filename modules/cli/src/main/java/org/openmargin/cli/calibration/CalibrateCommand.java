package org.openmargin.cli.calibration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.audit.AuditOption;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.ModelDeviceOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.predict.ImagePaths;
import org.openmargin.cli.predict.ModelArgument;
import org.openmargin.experiment.ModelLoader;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.inference.calibration.CalibrationSettings;
import org.openmargin.inference.calibration.LabelledImages;
import org.openmargin.inference.calibration.ModelCalibration;
import org.openmargin.serving.LoadedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "calibrate",
    header = "Find an exported model's thresholds again, for images of another site.",
    description = {
      "Nothing is trained. Writes the next version of the model: the same network and scores, new",
      "thresholds. Of known images like those in DIR, at most a share alpha is rejected, on the",
      "average over calibrations. An image that cannot be used is named and calibrates nothing."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin calibrate savedmodels/mine known/",
      "  openmargin calibrate savedmodels/mine known/ --alpha 0.05,0.01 --temperature",
      "  openmargin calibrate savedmodels/mine known/ --out savedmodels/mine-at-site-b",
      "  openmargin calibrate savedmodels/mine known/ --impostors others/ --impostor-share 0.01"
    })
public final class CalibrateCommand implements Callable<Integer> {
  private static final double USUAL_SHARE = 0.01;

  private final Console console;

  @Mixin private ModelArgument model;

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      description = {
        "Images of known classes that were not trained on, at any depth. In folders that are named",
        "after the classes, their true classes are known, too."
      })
  private Path images;

  @Option(
      names = "--alpha",
      paramLabel = "SHARE",
      split = ",",
      description = {
        "Largest share of known images to reject; the first one decides. Needs at least",
        "1/alpha - 1 images. Default: the alphas of the model."
      })
  private List<Double> alphas = new ArrayList<>();

  @Option(
      names = "--impostors",
      paramLabel = "DIR",
      description = {
        "Images of none of the known classes: take the largest threshold that accepts few enough",
        "of them. With --alpha, both must hold, or nothing is written."
      })
  private Optional<Path> impostors;

  @Option(
      names = "--impostor-share",
      paramLabel = "SHARE",
      description = {
        "With --impostors: largest share of them to accept. Needs at least 1/share - 1 impostors.",
        "Default: 0.01."
      })
  private Optional<Double> share;

  @Mixin private DecisionOptions decision;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = {
        "Folder for the new version and those after it: DIR/1, or one more than the highest there.",
        "The model stays as it is. Default: beside the version that is calibrated."
      })
  private Optional<Path> out;

  @Mixin private ModelDeviceOption device;

  @Mixin private AuditOption audit;

  @Mixin private JsonOption json;

  public CalibrateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var settings = settings();
    var log = audit.log();
    impostors.ifPresent(this::requireApart);
    // The version that is scored is the one that is calibrated, whatever else is exported now.
    var version = LoadedModel.versionDirectory(model.require(console));
    ModelCalibration.requireNext(version, out);
    console.status().brief("loading the model");
    var models = new ModelLoader(device.choice(), new Notices(console));
    try (var classifier = models.load(version)) {
      var labelled = LabelledImages.in(images, classifier.classNames());
      if (!labelled.skipped().isEmpty()) {
        console.remark(labelled.skipped());
      }
      var others = impostors.map(dir -> ImagePaths.of(List.of(dir)).files()).orElse(List.of());
      var calibration = ModelCalibration.of(version, classifier, console.status());
      var found = calibration.find(new ModelCalibration.Images(labelled, others), settings);
      ModelCalibration.unusable(found).forEach(console::error);
      console.status().brief("writing the next version");
      var directory = calibration.write(found, settings, out);
      log.ifPresent(
          l -> {
            var all = new ArrayList<>(labelled.files());
            all.addAll(others);
            var decision = "calibrated, from version " + version.getFileName();
            l.add(
                new AuditOption.Event(
                    "calibrate", AuditOption.Model.of(directory), l.digest(all), decision));
          });
      var output = new CalibrationOutput(console, json);
      output.print(found, calibration.figures(found, settings), directory);
    }
    return ExitCodes.OK;
  }

  private CalibrationSettings settings() {
    if (share.isPresent() && impostors.isEmpty()) {
      throw new RunException("--impostor-share needs --impostors");
    }
    try {
      var accepted = impostors.map(dir -> share.orElse(USUAL_SHARE));
      return new CalibrationSettings(alphas, accepted, decision.byClass(), decision.temperature());
    } catch (IllegalArgumentException e) {
      throw new RunException(e.getMessage(), e);
    }
  }

  /** Impostors would count as known. */
  private void requireApart(Path others) {
    if (Files.isDirectory(others)) {
      var one = others.toAbsolutePath().normalize();
      var other = images.toAbsolutePath().normalize();
      if (one.startsWith(other) || other.startsWith(one)) {
        throw new RunException(
            "the folders of known images and of impostors must not hold one another: %s, %s"
                .formatted(images, others));
      }
    }
  }
}
