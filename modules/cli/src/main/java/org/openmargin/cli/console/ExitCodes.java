package org.openmargin.cli.console;

import java.nio.file.InvalidPathException;
import org.openmargin.benchmark.ChildProcessRunner;
import org.openmargin.cluster.ClusterException;
import org.openmargin.config.text.ConfigException;
import org.openmargin.data.DataException;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.report.ReportException;
import org.openmargin.runtime.NativeLibrariesException;
import org.openmargin.serving.ModelException;
import org.openmargin.trainer.TrainingException;

/** Exit codes of the process. The texts are for {@code --help}. */
public final class ExitCodes {
  public static final int OK = 0;

  /** As {@code diff}: nothing failed, but the two are not equal. */
  public static final int DIFFERS = 1;

  public static final int USAGE = 2;
  public static final int DATA = 3;
  public static final int TRAINING = 4;
  public static final int EXPORT = 5;

  /** Only if it is asked for. */
  public static final int DRIFT = 6;

  public static final int REFUSED = ChildProcessRunner.REFUSED;
  public static final int INTERNAL = 70;

  /** Standard output is closed or its disk is full. */
  public static final int OUTPUT = 74;

  /** As a shell reports a program that wrote to a closed pipe: 128 + SIGPIPE. */
  public static final int NO_READER = 141;

  public static final int BUSY = ChildProcessRunner.BUSY;

  public static final String OK_TEXT = "0:done";
  public static final String DIFFERS_TEXT = "1:done, and they differ (provenance diff, reproduce)";
  public static final String ARGUMENTS_TEXT = "2:wrong arguments";
  public static final String USAGE_TEXT = "2:wrong arguments, experiment or run folder";
  public static final String DATA_TEXT = "3:images, labels or result files cannot be used";
  public static final String TRAINING_TEXT = "4:training diverged or could not continue";
  public static final String EXPORT_TEXT = "5:export refused, or a SavedModel failed its checks";
  public static final String DRIFT_TEXT = "6:images have drifted, with drift --fail-on-drift";
  public static final String REFUSED_TEXT = "42:trial --index failed and would fail again";
  public static final String BUSY_TEXT = "75:another process is training trial --index";
  public static final String OUTPUT_TEXT =
      "74:output could not be written: it is closed, or the disk is full";
  public static final String INTERNAL_TEXT = "70:internal error; --debug shows the stack trace";

  public static final String SIGNALS_TEXT =
      "130, 143:stopped by Ctrl-C or by a signal to terminate";
  public static final String NO_READER_TEXT =
      "141:nobody reads the output any more, as behind | head";

  private ExitCodes() {}

  public static int of(Throwable failure) {
    if (failure instanceof NoReaderException) {
      return NO_READER;
    }
    if (failure instanceof ConfigException
        || failure instanceof RunException
        || failure instanceof InvalidPathException
        || failure instanceof ClusterException) {
      return USAGE;
    }
    if (failure instanceof DataException || failure instanceof ReportException) {
      return DATA;
    }
    if (failure instanceof TrainingException) {
      return TRAINING;
    }
    if (failure instanceof NativeLibrariesException) {
      return OUTPUT;
    }
    return failure instanceof ModelException ? EXPORT : INTERNAL;
  }
}
