package example;

import java.io.PrintStream;
import org.openmargin.trainer.RunListener;

/**
 * Prints a line per epoch, and ends the training once the loss is low enough.
 *
 * @param enough the mean training loss that ends it
 */
public record LossWatch(PrintStream out, double enough) implements RunListener {

  @Override
  public Verdict validated(Validation validation) {
    out.printf(
        "epoch %d of %d: loss %.3f, validation accuracy %.3f%n",
        validation.at().epoch(),
        validation.at().epochs(),
        validation.trainLoss(),
        validation.accuracy());
    return validation.trainLoss() < enough ? Verdict.STOP : Verdict.GO_ON;
  }
}
