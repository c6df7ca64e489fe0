package org.openmargin.cli;

import org.openmargin.config.ConfigException;
import org.openmargin.data.DataException;
import org.openmargin.experiment.RunException;
import org.openmargin.experiment.benchmark.ChildJvm;
import org.openmargin.exporter.ExportException;
import org.openmargin.trainer.TrainingException;

/** What the process tells its caller. The texts are for {@code --help}. */
final class ExitCodes {
  static final int OK = 0;
  static final int USAGE = 2;
  static final int DATA = 3;
  static final int TRAINING = 4;
  static final int EXPORT = 5;
  static final int REFUSED = ChildJvm.REFUSED;
  static final int INTERNAL = 70;

  /** Standard output is closed or its disk is full. */
  static final int OUTPUT = 74;

  static final int BUSY = ChildJvm.BUSY;

  static final String OK_TEXT = "0:done";
  static final String USAGE_TEXT = "2:wrong arguments, experiment or run folder";
  static final String DATA_TEXT = "3:images or labels cannot be used";
  static final String TRAINING_TEXT = "4:training diverged or could not go on";
  static final String EXPORT_TEXT = "5:export refused, or a SavedModel that is not as it should be";
  static final String REFUSED_TEXT = "42:the trial --index failed, and would again";
  static final String BUSY_TEXT = "75:another process trains the trial --index";
  static final String OUTPUT_TEXT = "74:the results could not be printed: closed, or a full disk";
  static final String INTERNAL_TEXT = "70:internal error; --debug shows the stack trace";

  private ExitCodes() {}

  static int of(Throwable failure) {
    if (failure instanceof ConfigException || failure instanceof RunException) {
      return USAGE;
    }
    if (failure instanceof DataException) {
      return DATA;
    }
    if (failure instanceof TrainingException) {
      return TRAINING;
    }
    return failure instanceof ExportException ? EXPORT : INTERNAL;
  }
}
