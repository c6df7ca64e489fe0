package org.openmargin.cli.predict;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.cli.audit.AuditOption;

/** Passes answers on once they are in an audit log: none is given that is not in it. */
final class AuditedAnswers implements AnswerWriter {
  private final AnswerWriter writer;
  private final AuditOption.Log log;
  private final AuditOption.Model model;
  private final Map<Path, String> digests = new HashMap<>();

  AuditedAnswers(AnswerWriter writer, AuditOption.Log log, AuditOption.Model model) {
    this.writer = writer;
    this.log = log;
    this.model = model;
  }

  @Override
  public void begin(Answer.Model described, List<Path> files) {
    writer.begin(described, files);
  }

  @Override
  public void read(Path file, byte[] content) {
    digests.put(file, log.digest(content));
  }

  @Override
  public void write(Answer answer) {
    var decision = answer.unknown() ? "unknown" : "known: " + answer.label();
    log.add(new AuditOption.Event("predict", model, digests.remove(answer.file()), decision));
    writer.write(answer);
  }
}
