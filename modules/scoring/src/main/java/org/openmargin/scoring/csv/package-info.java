/**
 * Predictions and scores as CSV files. From files to predictions or scores and back, with the line
 * number in every error. Begin with {@link org.openmargin.scoring.csv.PredictionsCsv}, then {@link
 * org.openmargin.scoring.csv.ScoresCsv}.
 */
package org.openmargin.scoring.csv;
