package org.openmargin.speed;

import org.openmargin.data.synthetic.SyntheticCells;
import org.openmargin.loss.Omcl;
import org.openmargin.loss.OpenClass;
import org.openmargin.loss.Scale;
import org.openmargin.loss.Suppression;
import org.openmargin.model.ResNet;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.scoring.Head;

/** The measured networks, all with the OMCL head. */
public enum ServedNetwork {
  /** Almost no work, to expose the overhead around it: 28 px, three narrow blocks. */
  TINY_28,
  /** ResNet-18, 28 px, 7x7 stem with pooling. */
  POOLED_28,
  /** ResNet-18, 32 px, 3x3 stem. */
  SMALL_32;

  private static final double SCALE = 16;
  private static final double THRESHOLD = 0.1;

  /** Height and width of an image. */
  int sizePx() {
    return switch (this) {
      case TINY_28, POOLED_28 -> 28;
      case SMALL_32 -> 32;
    };
  }

  OpenSetNetwork network() {
    var open = new OpenClass(true, THRESHOLD, Suppression.NONE);
    var scale = new Scale(SCALE, 0);
    return new OpenSetNetwork(
        InputFormat.of(sizePx(), sizePx(), 3),
        backbone(),
        new Omcl(SyntheticCells.CLASS_NAMES.size(), Omcl.Margins.NONE, open, scale));
  }

  private ResNet backbone() {
    return switch (this) {
      case TINY_28 -> ResNet.tiny(ResNet.Stem.POOLED_7X7, ResNet.NORM);
      case POOLED_28 -> ResNet.resNet18(ResNet.Stem.POOLED_7X7, ResNet.NORM);
      case SMALL_32 -> ResNet.resNet18(ResNet.Stem.SMALL_3X3, ResNet.NORM);
    };
  }

  /** What the columns of its logits mean. */
  Head head() {
    return Head.openCosine(SyntheticCells.CLASS_NAMES, SCALE);
  }
}
