package org.openmargin.scoring.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.evaluation.OpenSetDecision;
import org.openmargin.scoring.evaluation.ScoredPredictions;
import org.openmargin.scoring.scorer.MaxCosine;
import org.openmargin.scoring.scorer.MaxLogit;
import org.openmargin.scoring.scorer.Scorer;

class PredictionsCsvTest {
  private static final Head HEAD = Head.openCosine(List.of("cat", "dog, \"big\""), 2);
  private static final Predictions ROWS =
      Predictions.withoutEmbeddings(
          HEAD,
          new Truth(
              List.of("t/0", "a,b\nc", "Zelle ü"),
              new int[] {0, -1, 1},
              List.of("cat", "owl", "dog, \"big\"")),
          new float[][] {{1.5f, 0, -1}, {-0.1f, -3.4e-38f, 1}, {0.1f, 16777216f, 1e-7f}});
  private static final OpenSetDecision DECISION =
      new OpenSetDecision(new MaxLogit(HEAD), new AcceptanceThreshold(0.05, -0.5, 99, 0.05, 0.04));
  private static final List<Scorer> SCORERS = List.of(new MaxLogit(HEAD), new MaxCosine(HEAD));
  private static final ScoredPredictions SCORED = ScoredPredictions.of(ROWS, SCORERS);

  @TempDir Path folder;

  @Test
  void theFileHasTheNamedColumnsQuotedAsInRfc4180() throws IOException {
    var file = folder.resolve("predictions.csv");
    PredictionsCsv.write(file, SCORED, DECISION);
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            id,label,true_class,prediction,predicted_class,unknown_score,is_unknown,\
            max_logit,max_cosine,logit_cat,"logit_dog, ""big""\",logit_open_space
            t/0,0,cat,0,cat,-1.5,false,-1.5,-0.75,1.5,0.0,-1.0
            "a,b
            c",-1,owl,1,"dog, ""big""\",3.4E-38,true,3.4E-38,1.7E-38,-0.1,-3.4E-38,1.0
            Zelle ü,1,"dog, ""big""\",1,"dog, ""big""\",-1.6777216E7,false,-1.6777216E7,\
            -8388608.0,0.1,1.6777216E7,1.0E-7
            """
                .replace("3.4E-38,true,3.4E-38,1.7E-38", exactScores()));
  }

  /** The nearest float to 3.4e-38, printed as a double, and half of it. */
  private static String exactScores() {
    double score = 3.4e-38f;
    return "%s,true,%s,%s".formatted(score, score, score / 2);
  }

  @Test
  void whatIsWrittenIsReadBackToTheLastDigit() throws IOException {
    var file = folder.resolve("predictions.csv");
    PredictionsCsv.write(file, SCORED, DECISION);
    var read = PredictionsCsv.read(file, HEAD);
    assertThat(read.truth().ids()).isEqualTo(ROWS.truth().ids());
    assertThat(read.truth().labels()).isEqualTo(ROWS.truth().labels());
    assertThat(read.truth().classNames()).isEqualTo(ROWS.truth().classNames());
    assertThat(read.logits()).isDeepEqualTo(ROWS.logits());
    assertThat(read.embeddings()).isEmpty();
  }

  @Test
  void carriageReturnsOfOtherProgramsAreAccepted() throws IOException {
    var file = folder.resolve("predictions.csv");
    PredictionsCsv.write(file, ScoredPredictions.of(ROWS.known(), SCORERS), DECISION);
    Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
    assertThat(PredictionsCsv.read(file, HEAD).size()).isEqualTo(2);
  }

  @Test
  void aFileOfOtherClassesIsRefused() throws IOException {
    var file = folder.resolve("predictions.csv");
    PredictionsCsv.write(file, SCORED, DECISION);
    assertThatThrownBy(() -> PredictionsCsv.read(file, Head.linear(List.of("cat", "cow"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not a predictions file of this head")
        .hasMessageContaining("logit_cow");
  }

  @Test
  void aDamagedFileIsRefusedWithItsNameAndRow() throws IOException {
    var file = folder.resolve("predictions.csv");
    PredictionsCsv.write(file, SCORED, DECISION);
    var good = Files.readString(file);
    assertRefused(file, good.replace("1.0E-7", "x"), "row 2 (id 'Zelle ü')");
    assertRefused(file, good.replace("1.0E-7", "NaN"), "logit 2 is NaN");
    assertRefused(file, good.replace(",1.0E-7", ""), "row 2 has 11 fields; the header has 12");
    assertRefused(file, good + "\"open", "Unclosed quoted field at end of input");
    assertRefused(file, "", "is not a predictions file");
    Files.write(file, good.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> PredictionsCsv.read(file, HEAD)).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> PredictionsCsv.read(folder.resolve("none.csv"), HEAD))
        .hasMessageContaining("there is no file");
  }

  private void assertRefused(Path file, String text, String message) throws IOException {
    Files.writeString(file, text);
    assertThatThrownBy(() -> PredictionsCsv.read(file, HEAD))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }
}
