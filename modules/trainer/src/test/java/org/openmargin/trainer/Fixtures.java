package org.openmargin.trainer;

import java.util.List;
import org.openmargin.data.ClassSplit;
import org.openmargin.data.OpenSetSplits;
import org.openmargin.data.TrainingData;
import org.openmargin.data.synthetic.SyntheticCells;
import org.openmargin.loss.Omcl;
import org.openmargin.loss.OpenClass;
import org.openmargin.loss.Scale;
import org.openmargin.loss.Suppression;
import org.openmargin.model.ResNet;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.augment.Augmentation;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.TrainSettings.KeepSettings;
import org.openmargin.trainer.TrainSettings.Selection;
import org.openmargin.trainer.TrainSettings.StepSettings;
import org.openmargin.trainer.optimizer.Optimizer;
import org.openmargin.trainer.rate.LearningRate;
import org.openmargin.trainer.rate.Schedule;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RunOptions;

/** Small training runs that take a second. */
public final class Fixtures {
  public static final int BATCH = 16;

  private Fixtures() {}

  public static OpenSetNetwork tinyNetwork() {
    var suppression =
        new Suppression(
            0.5, 1, Suppression.Descriptors.NORMALIZED, Suppression.Reduction.SUM_OF_MEANS);
    var head =
        new Omcl(
            3,
            new Omcl.Margins(-0.1, 0),
            new OpenClass(true, 0.1, suppression),
            new Scale(16, 0.1));
    return new OpenSetNetwork(
        InputFormat.of(16, 16, 3), ResNet.tiny(ResNet.Stem.SMALL_3X3, ResNet.NORM), head);
  }

  /** 72 known training images, 24 known validation images. */
  public static TrainingData cells() {
    var dataset = new SyntheticCells(new SyntheticCells.Settings(16, 24, 8, 2, 0)).load();
    return OpenSetSplits.of(dataset, new ClassSplit(dataset.classNames(), List.of(0, 3, 5)))
        .training();
  }

  public static Trainer trainer(int epochs, double rate) {
    return trainer(settings(epochs, adam(), rate, Precision.FLOAT32));
  }

  public static Trainer trainer(TrainSettings settings) {
    return new Trainer(tinyNetwork(), settings, RuntimeSettings.DETERMINISTIC_CPU);
  }

  /** What TensorFlow's own optimiser made of the training graph; runs one more step. */
  public static List<NodeDef> optimisedNodes(TrainSession session) {
    var options = RunOptions.newBuilder().setOutputPartitionGraphs(true).build();
    return session.traced(options, System::nanoTime).stream()
        .flatMap(traced -> traced.metadata().getPartitionGraphsList().stream())
        .flatMap(graph -> graph.getNodeList().stream())
        .toList();
  }

  public static Optimizer adam() {
    return new Optimizer.Adam(0.9, 0.999, 1e-8, Optimizer.Decay.NONE);
  }

  public static TrainSettings settings(
      int epochs, Optimizer optimizer, double rate, Precision precision) {
    var augmentation = new Augmentation(2, true, true, new Augmentation.ColorJitter(0.05, 0.05));
    var learningRate = new LearningRate(rate, new Schedule.Cosine(0.1), 1);
    return new TrainSettings(
        epochs,
        BATCH,
        7,
        new StepSettings(optimizer, learningRate, 0, augmentation, precision),
        new KeepSettings(Selection.LAST_EPOCH, 2, 1, 2));
  }
}
