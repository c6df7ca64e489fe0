package org.openmargin.cli.predict;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.openmargin.cli.console.Console;

/** Answers as one JSON object per line. */
public final class AnswerJsonLines implements AnswerWriter {
  private final Console console;
  private List<String> classNames = List.of();

  public AnswerJsonLines(Console console) {
    this.console = console;
  }

  @Override
  public void begin(Answer.Model model, List<Path> files) {
    classNames = model.classNames();
  }

  @Override
  public void write(Answer answer) {
    var probabilities = new JsonObject();
    for (var i = 0; i < classNames.size(); i++) {
      probabilities.addProperty(classNames.get(i), answer.probabilities().get(i));
    }
    var json = new JsonObject();
    json.addProperty("file", answer.file().toString());
    json.addProperty("label", answer.label());
    json.addProperty("is_unknown", answer.unknown());
    json.addProperty("input_is_unusual", answer.unusual());
    json.addProperty("rejection", answer.rejection());
    json.addProperty("unknown_score", answer.unknownScore());
    json.addProperty("best_known_label", answer.bestKnown().label());
    json.add("probabilities", probabilities);
    console.line(json.toString());
  }
}
