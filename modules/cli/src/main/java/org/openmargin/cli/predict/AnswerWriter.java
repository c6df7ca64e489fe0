package org.openmargin.cli.predict;

import java.nio.file.Path;
import java.util.List;

/** Prints answers in a form. */
public interface AnswerWriter {

  /** Before the first answer. */
  void begin(Answer.Model model, List<Path> files);

  /** One answer. */
  void write(Answer answer);
}
