package org.openmargin.scoring.identification;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Every measure of a gallery's answers, in the order of tables; fractions in [0, 1]. */
@SuppressWarnings("ImmutableEnumChecker") // formulas are functions without state
public enum IdentificationMetric {
  ACCURACY(
      "accuracy, closed set", answers -> OptionalDouble.of(IdentificationAccuracy.of(answers))),
  TPIR_AT_FPIR_01("TPIR@FPIR 1 %", answers -> TpirAtFpir.of(answers, 0.01)),
  TPIR_AT_FPIR_10("TPIR@FPIR 10 %", answers -> TpirAtFpir.of(answers, 0.1));

  private final String label;
  private final Function<Identifications, OptionalDouble> formula;

  IdentificationMetric(String label, Function<Identifications, OptionalDouble> formula) {
    this.label = label;
    this.formula = formula;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String label() {
    return label;
  }

  /** Empty if there are too few impostors for it. */
  public OptionalDouble of(Identifications answers) {
    return formula.apply(answers);
  }
}
