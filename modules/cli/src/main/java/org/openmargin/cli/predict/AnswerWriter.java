package org.openmargin.cli.predict;

import java.nio.file.Path;
import java.util.List;

/** Prints answers in one format. */
public interface AnswerWriter {

  /** Before the first answer. */
  void begin(Answer.Model model, List<Path> files);

  /** The bytes that an answer will be about. */
  default void read(Path file, byte[] content) {}

  void write(Answer answer);
}
