package org.openmargin.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.openmargin.data.Images;
import org.openmargin.data.TestData;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.experiment.wiring.runtime.TensorFlowRuntime;
import org.openmargin.report.EvaluatedRun;
import org.openmargin.report.EvaluationHtml;
import org.openmargin.report.FailureAnalysis;
import org.openmargin.report.TestAnswer;
import org.openmargin.report.plot.FailurePicture;
import org.openmargin.trainer.saliency.GradCam;

/** The page of wrong answers, and its pictures: the images, and where the network looked. */
record FailurePage(TrainedModel trained, RunFolder files) {

  /**
   * Writes failures.html.
   *
   * @param model opened only for pictures
   */
  static Path write(RunFolder files, FailuresRequest request, Supplier<TrainedModel> model) {
    var run = EvaluatedRun.read(files.path());
    var failures =
        new FailureAnalysis(run, request.most(), request.against().map(EvaluatedRun::read));
    var page = files.failures();
    try {
      EvaluationHtml.writeFailures(
          page, failures, request.images() ? pictures(files, failures, model) : Map.of());
    } catch (IOException e) {
      throw RunFolder.unwritable(page, e);
    }
    return page;
  }

  private static Map<String, FailurePicture> pictures(
      RunFolder files, FailureAnalysis failures, Supplier<TrainedModel> model) {
    try (var trained = model.get()) {
      return new FailurePage(trained, files).pictures(failures.shown());
    }
  }

  /** A test image and its place. */
  private record Place(Images images, int index) {}

  /**
   * Pictures by id.
   *
   * @throws RunException if there is no such test image
   */
  private Map<String, FailurePicture> pictures(List<TestAnswer> answers) {
    var places = places(files, trained.splits().test(), answers);
    var runtime = TensorFlowRuntime.start(trained.recipe().runtime(), trained.recipe().notices());
    var variables = trained.checkpoint().variables();
    var found = GradCam.of(trained.network(), runtime.settings(), variables);
    if (found.isEmpty()) {
      trained.recipe().notices().accept("the backbone has no stages: no Grad-CAM is drawn");
      return pictures(answers, places, Optional.empty());
    }
    try (var gradCam = found.get()) {
      return pictures(answers, places, Optional.of(gradCam));
    }
  }

  private static Map<String, FailurePicture> pictures(
      List<TestAnswer> answers, Map<String, Place> places, Optional<GradCam> gradCam) {
    var pictures = new LinkedHashMap<String, FailurePicture>();
    for (var answer : answers) {
      var place = places.get(answer.id());
      var image = place.images().range(place.index(), 1);
      var heat = gradCam.map(g -> g.maps(image, new int[] {answer.prediction()})[0]);
      pictures.put(answer.id(), FailurePicture.of(image, 0, heat));
    }
    return pictures;
  }

  /**
   * Pictures by id, from the images alone: no checkpoint and no network is needed.
   *
   * @throws RunException if there is no such test image
   */
  static Map<String, FailurePicture> plain(
      RunFolder files, Recipe recipe, List<TestAnswer> answers) {
    var dataset = recipe.dataset();
    RunProvenance.read(files).requireSameImages(files, dataset);
    var places = places(files, recipe.splits(dataset).test(), answers);
    return pictures(answers, places, Optional.empty());
  }

  private static Map<String, Place> places(
      RunFolder files, TestData test, List<TestAnswer> answers) {
    var places = places(test);
    for (var answer : answers) {
      if (!places.containsKey(answer.id())) {
        throw new RunException(
            "%s lists image %s, which is not among the test images: run %s"
                .formatted(files.predictions(), answer.id(), files.call("evaluate()")));
      }
    }
    return places;
  }

  private static Map<String, Place> places(TestData test) {
    var places = new HashMap<String, Place>();
    for (var i = 0; i < test.known().count(); i++) {
      places.put(test.known().ids().get(i), new Place(test.known().images(), i));
    }
    for (var i = 0; i < test.unknown().count(); i++) {
      places.put(test.unknown().ids().get(i), new Place(test.unknown().images(), i));
    }
    return places;
  }
}
