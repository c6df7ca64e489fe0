package org.openmargin.experiment;

/**
 * What an exported model's decision has beside the evaluated threshold; both are found on the known
 * validation images, as {@code calibrate} finds them on others.
 *
 * @param classConditional a threshold for each predicted class, in place of one for all
 * @param temperature one temperature for the probabilities; neither labels nor scores change
 */
public record DecisionChoice(boolean classConditional, boolean temperature) {
  /** As evaluated. */
  public static final DecisionChoice EVALUATED = new DecisionChoice(false, false);
}
