package org.openmargin.scoring.metric;

/**
 * One threshold on a curve.
 *
 * @param fpr false positive rate, the horizontal axis; the curve defines which class is positive
 * @param rate the vertical axis: true positive rate or CCR
 */
public record CurvePoint(double fpr, double rate) {}
